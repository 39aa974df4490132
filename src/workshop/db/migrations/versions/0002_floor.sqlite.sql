CREATE TABLE calendar_day (
	day DATE NOT NULL,
	kind VARCHAR(7) NOT NULL,
	name_zh VARCHAR(60) NOT NULL,
	name_en VARCHAR(60) NOT NULL,
	CONSTRAINT pk_calendar_day PRIMARY KEY (day),
	CONSTRAINT ck_calendar_day_daykind CHECK (kind IN ('holiday', 'make_up'))
);

CREATE TABLE calendar_year (
	year INTEGER NOT NULL,
	CONSTRAINT pk_calendar_year PRIMARY KEY (year)
);

CREATE TABLE cleaning_plan_line (
	id INTEGER NOT NULL,
	"plan" VARCHAR(20) NOT NULL,
	moment VARCHAR(14) NOT NULL,
	position INTEGER NOT NULL,
	text_zh VARCHAR(200) NOT NULL,
	text_en VARCHAR(200) NOT NULL,
	valid_from DATE NOT NULL,
	valid_until DATE,
	CONSTRAINT pk_cleaning_plan_line PRIMARY KEY (id),
	CONSTRAINT ck_cleaning_plan_line_cleaningmoment CHECK (moment IN ('before_work', 'before_leaving', 'friday', 'weekly', 'closing', 'as_needed'))
);

CREATE INDEX ix_cleaning_plan_line_plan ON cleaning_plan_line ("plan");

CREATE TABLE hv_model (
	id INTEGER NOT NULL,
	make VARCHAR(40) NOT NULL,
	model VARCHAR(60) NOT NULL,
	wait_minutes INTEGER NOT NULL,
	volts INTEGER,
	CONSTRAINT pk_hv_model PRIMARY KEY (id),
	CONSTRAINT uq_hv_model_make_model UNIQUE (make, model),
	CONSTRAINT ck_hv_model_wait CHECK (wait_minutes >= 5),
	CONSTRAINT ck_hv_model_volts CHECK (volts > 0)
);

CREATE TABLE tool_model (
	id INTEGER NOT NULL,
	code VARCHAR(20) NOT NULL,
	name_zh VARCHAR(100) NOT NULL,
	name_en VARCHAR(100) NOT NULL,
	initials VARCHAR(300) NOT NULL,
	tool_class VARCHAR(10) NOT NULL,
	price BIGINT NOT NULL,
	service VARCHAR(11),
	service_days INTEGER,
	rated_load INTEGER,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_tool_model PRIMARY KEY (id),
	CONSTRAINT ck_tool_model_price CHECK (price >= 0),
	CONSTRAINT ck_tool_model_service_interval CHECK ((service IS NULL) = (service_days IS NULL)),
	CONSTRAINT uq_tool_model_code UNIQUE (code),
	CONSTRAINT ck_tool_model_toolclass CHECK (tool_class IN ('personal', 'shared', 'special', 'instrument', 'lift', 'equipment')),
	CONSTRAINT ck_tool_model_service CHECK (service IN ('calibration', 'inspection'))
);

CREATE TABLE working_week (
	valid_from DATE NOT NULL,
	days VARCHAR(7) NOT NULL,
	CONSTRAINT pk_working_week PRIMARY KEY (valid_from),
	CONSTRAINT ck_working_week_days CHECK (days <> '')
);

CREATE TABLE area (
	id INTEGER NOT NULL,
	number VARCHAR(10) NOT NULL,
	name VARCHAR(60) NOT NULL,
	"plan" VARCHAR(20) NOT NULL,
	team_id INTEGER,
	owner_id INTEGER,
	since DATE NOT NULL,
	until DATE,
	CONSTRAINT pk_area PRIMARY KEY (id),
	CONSTRAINT uq_area_number UNIQUE (number),
	CONSTRAINT fk_area_team_id FOREIGN KEY(team_id) REFERENCES team (id),
	CONSTRAINT fk_area_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);

CREATE UNIQUE INDEX uq_area_name ON area (name) WHERE until IS NULL;

CREATE TABLE cart (
	id INTEGER NOT NULL,
	number VARCHAR(10) NOT NULL,
	name VARCHAR(60) NOT NULL,
	kind VARCHAR(4) NOT NULL,
	team_id INTEGER,
	owner_id INTEGER,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_cart PRIMARY KEY (id),
	CONSTRAINT uq_cart_number UNIQUE (number),
	CONSTRAINT uq_cart_name UNIQUE (name),
	CONSTRAINT ck_cart_cartkind CHECK (kind IN ('cart', 'kit')),
	CONSTRAINT fk_cart_team_id FOREIGN KEY(team_id) REFERENCES team (id),
	CONSTRAINT fk_cart_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);

CREATE TABLE printed_paper (
	id INTEGER NOT NULL,
	paper VARCHAR(19) NOT NULL,
	subject VARCHAR(20) NOT NULL,
	copy INTEGER NOT NULL,
	by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	terminal VARCHAR(60) NOT NULL,
	CONSTRAINT pk_printed_paper PRIMARY KEY (id),
	CONSTRAINT uq_printed_paper_paper_subject_copy UNIQUE (paper, subject, copy),
	CONSTRAINT ck_printed_paper_copy CHECK (copy >= 0),
	CONSTRAINT ck_printed_paper_paper CHECK (paper IN ('repair-order', 'job-card', 'supplement', 'issue-slip', 'old-part-tag', 'warranty-tag', 'inspection-report', 'certificate', 'settlement', 'vehicle-history', 'closing-report', 'badge', 'part-label', 'bay-label', 'tool-label', 'cart-label', 'area-label', 'cart-contents', 'cleaning-month', 'liability-record', 'liability-statement', 'command-sheet')),
	CONSTRAINT fk_printed_paper_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE TABLE training_session (
	id INTEGER NOT NULL,
	topic VARCHAR(60) NOT NULL,
	training VARCHAR(12),
	certificate_days INTEGER,
	starts_at DATETIME NOT NULL,
	ends_at DATETIME NOT NULL,
	place VARCHAR(60) NOT NULL,
	held_by VARCHAR(60) NOT NULL,
	planned_by_id INTEGER NOT NULL,
	planned_at DATETIME NOT NULL,
	closed_at DATETIME,
	closed_by_id INTEGER,
	called_off TEXT NOT NULL,
	CONSTRAINT pk_training_session PRIMARY KEY (id),
	CONSTRAINT ck_training_session_times CHECK (starts_at < ends_at),
	CONSTRAINT ck_training_session_certificate CHECK ((training IS NULL) = (certificate_days IS NULL)),
	CONSTRAINT ck_training_session_closed_by_somebody CHECK ((closed_at IS NULL) = (closed_by_id IS NULL)),
	CONSTRAINT ck_training_session_called_off CHECK (called_off = '' OR closed_at IS NOT NULL),
	CONSTRAINT ck_training_session_training CHECK (training IN ('high_voltage', 'airbag', 'gas')),
	CONSTRAINT fk_training_session_planned_by_id FOREIGN KEY(planned_by_id) REFERENCES person (id),
	CONSTRAINT fk_training_session_closed_by_id FOREIGN KEY(closed_by_id) REFERENCES person (id)
);

CREATE INDEX ix_training_session_open ON training_session (starts_at) WHERE closed_at IS NULL;

CREATE TABLE violation (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	kind VARCHAR(9) NOT NULL,
	place VARCHAR(60) NOT NULL,
	note TEXT NOT NULL,
	seen_by_id INTEGER NOT NULL,
	seen_at DATETIME NOT NULL,
	CONSTRAINT pk_violation PRIMARY KEY (id),
	CONSTRAINT ck_violation_seen_by_another CHECK (person_id <> seen_by_id),
	CONSTRAINT fk_violation_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT ck_violation_violationkind CHECK (kind IN ('smoking', 'spitting', 'littering')),
	CONSTRAINT fk_violation_seen_by_id FOREIGN KEY(seen_by_id) REFERENCES person (id)
);

CREATE INDEX ix_violation_person_id ON violation (person_id);

CREATE TABLE cleaning_extra (
	id INTEGER NOT NULL,
	area_id INTEGER NOT NULL,
	text_zh VARCHAR(200) NOT NULL,
	text_en VARCHAR(200) NOT NULL,
	note TEXT NOT NULL,
	done_by_id INTEGER NOT NULL,
	done_at DATETIME NOT NULL,
	done_on DATE NOT NULL,
	CONSTRAINT pk_cleaning_extra PRIMARY KEY (id),
	CONSTRAINT fk_cleaning_extra_area_id FOREIGN KEY(area_id) REFERENCES area (id),
	CONSTRAINT fk_cleaning_extra_done_by_id FOREIGN KEY(done_by_id) REFERENCES person (id)
);

CREATE INDEX ix_cleaning_extra_area_id ON cleaning_extra (area_id);

CREATE TABLE cleaning_list (
	id INTEGER NOT NULL,
	area_id INTEGER NOT NULL,
	day DATE NOT NULL,
	moment VARCHAR(14) NOT NULL,
	until DATE NOT NULL,
	signed_by_id INTEGER,
	signed_at DATETIME,
	signed_on DATE,
	late BOOLEAN NOT NULL,
	late_reason TEXT NOT NULL,
	open_reason TEXT NOT NULL,
	countersigned_by_id INTEGER,
	countersigned_at DATETIME,
	CONSTRAINT pk_cleaning_list PRIMARY KEY (id),
	CONSTRAINT uq_cleaning_list_area_id_day_moment UNIQUE (area_id, day, moment),
	CONSTRAINT ck_cleaning_list_signature CHECK ((signed_by_id IS NULL) = (signed_at IS NULL)),
	CONSTRAINT ck_cleaning_list_countersignature CHECK ((countersigned_by_id IS NULL) = (countersigned_at IS NULL)),
	CONSTRAINT ck_cleaning_list_order CHECK (countersigned_by_id IS NULL OR signed_by_id IS NOT NULL),
	CONSTRAINT fk_cleaning_list_area_id FOREIGN KEY(area_id) REFERENCES area (id),
	CONSTRAINT ck_cleaning_list_cleaningmoment CHECK (moment IN ('before_work', 'before_leaving', 'friday', 'weekly', 'closing', 'as_needed')),
	CONSTRAINT fk_cleaning_list_signed_by_id FOREIGN KEY(signed_by_id) REFERENCES person (id),
	CONSTRAINT fk_cleaning_list_countersigned_by_id FOREIGN KEY(countersigned_by_id) REFERENCES person (id)
);

CREATE INDEX ix_cleaning_list_day ON cleaning_list (day);

CREATE TABLE health_exchange (
	id INTEGER NOT NULL,
	order_id INTEGER NOT NULL,
	result VARCHAR(10) NOT NULL,
	receiver VARCHAR(200) NOT NULL,
	answer TEXT NOT NULL,
	by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_health_exchange PRIMARY KEY (id),
	CONSTRAINT fk_health_exchange_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT ck_health_exchange_exchangeresult CHECK (result IN ('accepted', 'refused', 'unanswered')),
	CONSTRAINT fk_health_exchange_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE INDEX ix_health_exchange_order_id ON health_exchange (order_id);

CREATE UNIQUE INDEX uq_health_exchange_accepted ON health_exchange (order_id) WHERE result = 'accepted';

CREATE TABLE hv_shutdown (
	id INTEGER NOT NULL,
	order_id INTEGER NOT NULL,
	worker_id INTEGER NOT NULL,
	watcher_id INTEGER NOT NULL,
	confirmed VARCHAR(200) NOT NULL,
	off_at DATETIME NOT NULL,
	wait_minutes INTEGER NOT NULL,
	volts INTEGER,
	CONSTRAINT pk_hv_shutdown PRIMARY KEY (id),
	CONSTRAINT ck_hv_shutdown_two_people CHECK (worker_id <> watcher_id),
	CONSTRAINT ck_hv_shutdown_wait CHECK (wait_minutes >= 5),
	CONSTRAINT fk_hv_shutdown_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_hv_shutdown_worker_id FOREIGN KEY(worker_id) REFERENCES person (id),
	CONSTRAINT fk_hv_shutdown_watcher_id FOREIGN KEY(watcher_id) REFERENCES person (id)
);

CREATE INDEX ix_hv_shutdown_order_id ON hv_shutdown (order_id);

CREATE TABLE session_attendance (
	session_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	called_by_id INTEGER NOT NULL,
	certificate_id INTEGER,
	CONSTRAINT pk_session_attendance PRIMARY KEY (session_id, person_id),
	CONSTRAINT fk_session_attendance_session_id FOREIGN KEY(session_id) REFERENCES training_session (id),
	CONSTRAINT fk_session_attendance_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_session_attendance_called_by_id FOREIGN KEY(called_by_id) REFERENCES person (id),
	CONSTRAINT uq_session_attendance_certificate_id UNIQUE (certificate_id),
	CONSTRAINT fk_session_attendance_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id)
);

CREATE INDEX ix_session_attendance_person_id ON session_attendance (person_id);

CREATE TABLE session_invitee (
	session_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	excuse TEXT NOT NULL,
	excused_by_id INTEGER,
	excused_at DATETIME,
	CONSTRAINT pk_session_invitee PRIMARY KEY (session_id, person_id),
	CONSTRAINT ck_session_invitee_excused_by_somebody CHECK ((excused_at IS NULL) = (excused_by_id IS NULL)),
	CONSTRAINT ck_session_invitee_excuse CHECK ((excused_at IS NULL) = (excuse = '')),
	CONSTRAINT ck_session_invitee_two_people CHECK (excused_by_id <> person_id),
	CONSTRAINT fk_session_invitee_session_id FOREIGN KEY(session_id) REFERENCES training_session (id),
	CONSTRAINT fk_session_invitee_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_session_invitee_excused_by_id FOREIGN KEY(excused_by_id) REFERENCES person (id)
);

CREATE INDEX ix_session_invitee_person_id ON session_invitee (person_id);

CREATE TABLE spot_check (
	id INTEGER NOT NULL,
	area_id INTEGER NOT NULL,
	passed BOOLEAN NOT NULL,
	finding TEXT NOT NULL,
	checked_by_id INTEGER NOT NULL,
	checked_at DATETIME NOT NULL,
	remedy TEXT NOT NULL,
	remedied_by_id INTEGER,
	remedied_at DATETIME,
	CONSTRAINT pk_spot_check PRIMARY KEY (id),
	CONSTRAINT ck_spot_check_finding CHECK (passed = (finding = '')),
	CONSTRAINT ck_spot_check_remedy CHECK ((remedied_by_id IS NULL) = (remedied_at IS NULL) AND (remedied_by_id IS NULL) = (remedy = '')),
	CONSTRAINT ck_spot_check_remedied CHECK (NOT passed OR remedied_by_id IS NULL),
	CONSTRAINT fk_spot_check_area_id FOREIGN KEY(area_id) REFERENCES area (id),
	CONSTRAINT fk_spot_check_checked_by_id FOREIGN KEY(checked_by_id) REFERENCES person (id),
	CONSTRAINT fk_spot_check_remedied_by_id FOREIGN KEY(remedied_by_id) REFERENCES person (id)
);

CREATE INDEX ix_spot_check_area_id ON spot_check (area_id);

CREATE INDEX ix_spot_check_open ON spot_check (area_id) WHERE NOT passed AND remedied_at IS NULL;

CREATE TABLE tool (
	id INTEGER NOT NULL,
	number VARCHAR(10) NOT NULL,
	model_id INTEGER NOT NULL,
	serial_no VARCHAR(40) NOT NULL,
	home_cart_id INTEGER,
	CONSTRAINT pk_tool PRIMARY KEY (id),
	CONSTRAINT uq_tool_number UNIQUE (number),
	CONSTRAINT fk_tool_model_id FOREIGN KEY(model_id) REFERENCES tool_model (id),
	CONSTRAINT fk_tool_home_cart_id FOREIGN KEY(home_cart_id) REFERENCES cart (id)
);

CREATE INDEX ix_tool_home_cart_id ON tool (home_cart_id);

CREATE INDEX ix_tool_model_id ON tool (model_id);

CREATE TABLE tool_count (
	id INTEGER NOT NULL,
	order_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	moment VARCHAR(12) NOT NULL,
	by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_tool_count PRIMARY KEY (id),
	CONSTRAINT fk_tool_count_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT ck_tool_count_countmoment CHECK (moment IN ('before_work', 'before_close', 'after_work')),
	CONSTRAINT fk_tool_count_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE INDEX ix_tool_count_order_id ON tool_count (order_id);

CREATE TABLE cleaning_line (
	id INTEGER NOT NULL,
	list_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text_zh VARCHAR(200) NOT NULL,
	text_en VARCHAR(200) NOT NULL,
	done BOOLEAN,
	reason TEXT NOT NULL,
	answered_by_id INTEGER,
	answered_at DATETIME,
	answered_on DATE,
	late BOOLEAN NOT NULL,
	CONSTRAINT pk_cleaning_line PRIMARY KEY (id),
	CONSTRAINT uq_cleaning_line_list_id_position UNIQUE (list_id, position),
	CONSTRAINT ck_cleaning_line_reason CHECK (done IS NULL OR done OR reason <> ''),
	CONSTRAINT ck_cleaning_line_answer CHECK ((done IS NULL) = (answered_by_id IS NULL) AND (done IS NULL) = (answered_at IS NULL) AND (done IS NULL) = (answered_on IS NULL)),
	CONSTRAINT fk_cleaning_line_list_id FOREIGN KEY(list_id) REFERENCES cleaning_list (id),
	CONSTRAINT fk_cleaning_line_answered_by_id FOREIGN KEY(answered_by_id) REFERENCES person (id)
);

CREATE TABLE hv_measurement (
	id INTEGER NOT NULL,
	shutdown_id INTEGER NOT NULL,
	volts VARCHAR(32) NOT NULL,
	instrument_id INTEGER NOT NULL,
	by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_hv_measurement PRIMARY KEY (id),
	CONSTRAINT fk_hv_measurement_shutdown_id FOREIGN KEY(shutdown_id) REFERENCES hv_shutdown (id),
	CONSTRAINT fk_hv_measurement_instrument_id FOREIGN KEY(instrument_id) REFERENCES tool (id),
	CONSTRAINT fk_hv_measurement_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE INDEX ix_hv_measurement_shutdown_id ON hv_measurement (shutdown_id);

CREATE TABLE hv_power_up (
	id INTEGER NOT NULL,
	shutdown_id INTEGER NOT NULL,
	worker_id INTEGER NOT NULL,
	watcher_id INTEGER NOT NULL,
	confirmed VARCHAR(200) NOT NULL,
	insulation VARCHAR(32) NOT NULL,
	least_insulation VARCHAR(32) NOT NULL,
	reason TEXT NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_hv_power_up PRIMARY KEY (id),
	CONSTRAINT ck_hv_power_up_two_people CHECK (worker_id <> watcher_id),
	CONSTRAINT uq_hv_power_up_shutdown_id UNIQUE (shutdown_id),
	CONSTRAINT fk_hv_power_up_shutdown_id FOREIGN KEY(shutdown_id) REFERENCES hv_shutdown (id),
	CONSTRAINT fk_hv_power_up_worker_id FOREIGN KEY(worker_id) REFERENCES person (id),
	CONSTRAINT fk_hv_power_up_watcher_id FOREIGN KEY(watcher_id) REFERENCES person (id)
);

CREATE TABLE lifting (
	id INTEGER NOT NULL,
	order_id INTEGER NOT NULL,
	tool_id INTEGER NOT NULL,
	weight INTEGER NOT NULL,
	rated_load INTEGER NOT NULL,
	up_by_id INTEGER NOT NULL,
	up_at DATETIME NOT NULL,
	down_by_id INTEGER,
	down_at DATETIME,
	CONSTRAINT pk_lifting PRIMARY KEY (id),
	CONSTRAINT ck_lifting_load CHECK (weight > 0 AND weight <= rated_load),
	CONSTRAINT ck_lifting_lowered_by_somebody CHECK ((down_at IS NULL) = (down_by_id IS NULL)),
	CONSTRAINT fk_lifting_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_lifting_tool_id FOREIGN KEY(tool_id) REFERENCES tool (id),
	CONSTRAINT fk_lifting_up_by_id FOREIGN KEY(up_by_id) REFERENCES person (id),
	CONSTRAINT fk_lifting_down_by_id FOREIGN KEY(down_by_id) REFERENCES person (id)
);

CREATE INDEX ix_lifting_order_id ON lifting (order_id);

CREATE INDEX ix_lifting_tool_id ON lifting (tool_id);

CREATE UNIQUE INDEX uq_lifting_up ON lifting (tool_id) WHERE down_at IS NULL;

CREATE TABLE order_cart (
	id INTEGER NOT NULL,
	order_id INTEGER NOT NULL,
	cart_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	drawn_by_id INTEGER NOT NULL,
	drawn_at DATETIME NOT NULL,
	back_by_id INTEGER,
	back_at DATETIME,
	count_id INTEGER,
	CONSTRAINT pk_order_cart PRIMARY KEY (id),
	CONSTRAINT ck_order_cart_back_by_somebody CHECK ((back_at IS NULL) = (back_by_id IS NULL)),
	CONSTRAINT fk_order_cart_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_order_cart_cart_id FOREIGN KEY(cart_id) REFERENCES cart (id),
	CONSTRAINT fk_order_cart_drawn_by_id FOREIGN KEY(drawn_by_id) REFERENCES person (id),
	CONSTRAINT fk_order_cart_back_by_id FOREIGN KEY(back_by_id) REFERENCES person (id),
	CONSTRAINT fk_order_cart_count_id FOREIGN KEY(count_id) REFERENCES tool_count (id)
);

CREATE INDEX ix_order_cart_order_id ON order_cart (order_id);

CREATE UNIQUE INDEX uq_order_cart_out ON order_cart (cart_id) WHERE back_at IS NULL;

CREATE TABLE removed_assembly (
	id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	what VARCHAR(60) NOT NULL,
	rest VARCHAR(7) NOT NULL,
	place VARCHAR(60) NOT NULL,
	cleaned BOOLEAN NOT NULL,
	removed_by_id INTEGER NOT NULL,
	removed_at DATETIME NOT NULL,
	covered_by_id INTEGER,
	covered_at DATETIME,
	ended VARCHAR(8),
	ended_by_id INTEGER,
	ended_at DATETIME,
	note TEXT NOT NULL,
	CONSTRAINT pk_removed_assembly PRIMARY KEY (id),
	CONSTRAINT ck_removed_assembly_cleaned CHECK (cleaned),
	CONSTRAINT ck_removed_assembly_covered_by_somebody CHECK ((covered_at IS NULL) = (covered_by_id IS NULL)),
	CONSTRAINT ck_removed_assembly_ended_by_somebody CHECK ((ended IS NULL) = (ended_at IS NULL) AND (ended IS NULL) = (ended_by_id IS NULL)),
	CONSTRAINT ck_removed_assembly_note CHECK (ended IS NULL OR ended = 'refitted' OR note <> ''),
	CONSTRAINT fk_removed_assembly_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT ck_removed_assembly_rest CHECK (rest IN ('tray', 'shelf', 'trolley', 'stand')),
	CONSTRAINT fk_removed_assembly_removed_by_id FOREIGN KEY(removed_by_id) REFERENCES person (id),
	CONSTRAINT fk_removed_assembly_covered_by_id FOREIGN KEY(covered_by_id) REFERENCES person (id),
	CONSTRAINT ck_removed_assembly_assemblyend CHECK (ended IN ('refitted', 'replaced', 'taken')),
	CONSTRAINT fk_removed_assembly_ended_by_id FOREIGN KEY(ended_by_id) REFERENCES person (id)
);

CREATE INDEX ix_removed_assembly_item_id ON removed_assembly (item_id);

CREATE INDEX ix_removed_assembly_off ON removed_assembly (item_id) WHERE ended IS NULL;

CREATE TABLE tool_count_line (
	id INTEGER NOT NULL,
	count_id INTEGER NOT NULL,
	tool_id INTEGER NOT NULL,
	seen BOOLEAN NOT NULL,
	CONSTRAINT pk_tool_count_line PRIMARY KEY (id),
	CONSTRAINT uq_tool_count_line_count_id_tool_id UNIQUE (count_id, tool_id),
	CONSTRAINT fk_tool_count_line_count_id FOREIGN KEY(count_id) REFERENCES tool_count (id),
	CONSTRAINT fk_tool_count_line_tool_id FOREIGN KEY(tool_id) REFERENCES tool (id)
);

CREATE INDEX ix_tool_count_line_count_id ON tool_count_line (count_id);

CREATE INDEX ix_tool_count_line_tool_id ON tool_count_line (tool_id);

CREATE TABLE tool_move (
	id INTEGER NOT NULL,
	tool_id INTEGER NOT NULL,
	place VARCHAR(10) NOT NULL,
	person_id INTEGER,
	cart_id INTEGER,
	bay_id INTEGER,
	order_id INTEGER,
	kept BOOLEAN NOT NULL,
	note TEXT NOT NULL,
	by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_tool_move PRIMARY KEY (id),
	CONSTRAINT ck_tool_move_person CHECK ((place = 'person') = (person_id IS NOT NULL)),
	CONSTRAINT ck_tool_move_cart CHECK ((place = 'cart') = (cart_id IS NOT NULL)),
	CONSTRAINT ck_tool_move_bay CHECK ((place = 'bay') = (bay_id IS NOT NULL)),
	CONSTRAINT fk_tool_move_tool_id FOREIGN KEY(tool_id) REFERENCES tool (id),
	CONSTRAINT ck_tool_move_toolplace CHECK (place IN ('crib', 'person', 'cart', 'bay', 'out_of_use')),
	CONSTRAINT fk_tool_move_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_tool_move_cart_id FOREIGN KEY(cart_id) REFERENCES cart (id),
	CONSTRAINT fk_tool_move_bay_id FOREIGN KEY(bay_id) REFERENCES bay (id),
	CONSTRAINT fk_tool_move_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_tool_move_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE INDEX ix_tool_move_bay_id ON tool_move (bay_id);

CREATE INDEX ix_tool_move_cart_id ON tool_move (cart_id);

CREATE INDEX ix_tool_move_order_id ON tool_move (order_id);

CREATE INDEX ix_tool_move_person_id ON tool_move (person_id);

CREATE INDEX ix_tool_move_tool_id ON tool_move (tool_id);

CREATE TABLE tool_service (
	id INTEGER NOT NULL,
	tool_id INTEGER NOT NULL,
	service VARCHAR(11) NOT NULL,
	done_on DATE NOT NULL,
	valid_until DATE NOT NULL,
	done_by VARCHAR(100) NOT NULL,
	certificate_no VARCHAR(40) NOT NULL,
	by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_tool_service PRIMARY KEY (id),
	CONSTRAINT ck_tool_service_validity CHECK (done_on <= valid_until),
	CONSTRAINT fk_tool_service_tool_id FOREIGN KEY(tool_id) REFERENCES tool (id),
	CONSTRAINT ck_tool_service_service CHECK (service IN ('calibration', 'inspection')),
	CONSTRAINT fk_tool_service_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE INDEX ix_tool_service_tool_id ON tool_service (tool_id);

CREATE TABLE check_instrument (
	check_id INTEGER NOT NULL,
	tool_id INTEGER NOT NULL,
	CONSTRAINT pk_check_instrument PRIMARY KEY (check_id),
	CONSTRAINT fk_check_instrument_check_id FOREIGN KEY(check_id) REFERENCES check_answer (id),
	CONSTRAINT fk_check_instrument_tool_id FOREIGN KEY(tool_id) REFERENCES tool (id)
);

CREATE INDEX ix_check_instrument_tool_id ON check_instrument (tool_id);

CREATE TABLE missing_tool (
	id INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	found BOOLEAN NOT NULL,
	reason TEXT NOT NULL,
	by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_missing_tool PRIMARY KEY (id),
	CONSTRAINT ck_missing_tool_reason CHECK (found OR reason <> ''),
	CONSTRAINT uq_missing_tool_line_id UNIQUE (line_id),
	CONSTRAINT fk_missing_tool_line_id FOREIGN KEY(line_id) REFERENCES tool_count_line (id),
	CONSTRAINT fk_missing_tool_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE TABLE liability_case (
	id INTEGER NOT NULL,
	number VARCHAR(10) NOT NULL,
	subject VARCHAR(8) NOT NULL,
	tool_id INTEGER,
	move_id INTEGER,
	issue_id INTEGER,
	pieces INTEGER NOT NULL,
	price BIGINT NOT NULL,
	cause VARCHAR(12) NOT NULL,
	circumstances TEXT NOT NULL,
	custodian_id INTEGER,
	order_id INTEGER,
	reported_by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_liability_case PRIMARY KEY (id),
	CONSTRAINT ck_liability_case_tool CHECK ((subject = 'tool') = (tool_id IS NOT NULL)),
	CONSTRAINT ck_liability_case_issue CHECK ((subject <> 'tool') = (issue_id IS NOT NULL)),
	CONSTRAINT ck_liability_case_amounts CHECK (pieces > 0 AND price >= 0 AND circumstances <> ''),
	CONSTRAINT uq_liability_case_number UNIQUE (number),
	CONSTRAINT ck_liability_case_casesubject CHECK (subject IN ('tool', 'old_part', 'new_part')),
	CONSTRAINT fk_liability_case_tool_id FOREIGN KEY(tool_id) REFERENCES tool (id),
	CONSTRAINT fk_liability_case_move_id FOREIGN KEY(move_id) REFERENCES tool_move (id),
	CONSTRAINT fk_liability_case_issue_id FOREIGN KEY(issue_id) REFERENCES part_issue (id),
	CONSTRAINT ck_liability_case_cause CHECK (cause IN ('wear', 'improper_use', 'loss', 'wilful')),
	CONSTRAINT fk_liability_case_custodian_id FOREIGN KEY(custodian_id) REFERENCES person (id),
	CONSTRAINT fk_liability_case_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_liability_case_reported_by_id FOREIGN KEY(reported_by_id) REFERENCES person (id)
);

CREATE INDEX ix_liability_case_custodian_id ON liability_case (custodian_id);

CREATE INDEX ix_liability_case_issue_id ON liability_case (issue_id);

CREATE INDEX ix_liability_case_order_id ON liability_case (order_id);

CREATE INDEX ix_liability_case_tool_id ON liability_case (tool_id);

CREATE TABLE liability_decision (
	id INTEGER NOT NULL,
	case_id INTEGER NOT NULL,
	instance INTEGER NOT NULL,
	decided_by_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	cause VARCHAR(12),
	amount BIGINT,
	method VARCHAR(7),
	ground VARCHAR(9),
	reason TEXT NOT NULL,
	CONSTRAINT pk_liability_decision PRIMARY KEY (id),
	CONSTRAINT uq_liability_decision_case_id_instance UNIQUE (case_id, instance),
	CONSTRAINT ck_liability_decision_instance CHECK (instance IN (1, 2) AND reason <> ''),
	CONSTRAINT ck_liability_decision_liable CHECK ((cause IS NULL) = (ground IS NOT NULL) AND cause <> 'wear'),
	CONSTRAINT ck_liability_decision_terms CHECK ((cause IS NULL) = (amount IS NULL) AND (cause IS NULL) = (method IS NULL) AND amount > 0),
	CONSTRAINT fk_liability_decision_case_id FOREIGN KEY(case_id) REFERENCES liability_case (id),
	CONSTRAINT fk_liability_decision_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES person (id),
	CONSTRAINT ck_liability_decision_cause CHECK (cause IN ('wear', 'improper_use', 'loss', 'wilful')),
	CONSTRAINT ck_liability_decision_method CHECK (method IN ('pay', 'replace', 'repair')),
	CONSTRAINT ck_liability_decision_ground CHECK (ground IN ('wear', 'no_fault', 'unfounded'))
);

CREATE INDEX ix_liability_decision_case_id ON liability_decision (case_id);

CREATE TABLE part_write_off (
	case_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_part_write_off PRIMARY KEY (case_id),
	CONSTRAINT fk_part_write_off_case_id FOREIGN KEY(case_id) REFERENCES liability_case (id)
);

CREATE TABLE tool_release (
	case_id INTEGER NOT NULL,
	fate VARCHAR(10) NOT NULL,
	replacement_id INTEGER,
	after_move_id INTEGER,
	by_id INTEGER NOT NULL,
	note TEXT NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_tool_release PRIMARY KEY (case_id),
	CONSTRAINT ck_tool_release_replacement CHECK (replacement_id IS NULL OR fate = 'out_of_use'),
	CONSTRAINT fk_tool_release_case_id FOREIGN KEY(case_id) REFERENCES liability_case (id),
	CONSTRAINT ck_tool_release_toolfate CHECK (fate IN ('in_service', 'out_of_use')),
	CONSTRAINT uq_tool_release_replacement_id UNIQUE (replacement_id),
	CONSTRAINT fk_tool_release_replacement_id FOREIGN KEY(replacement_id) REFERENCES tool (id),
	CONSTRAINT fk_tool_release_after_move_id FOREIGN KEY(after_move_id) REFERENCES tool_move (id),
	CONSTRAINT fk_tool_release_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE TABLE liability_share (
	id INTEGER NOT NULL,
	decision_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	percent BIGINT NOT NULL,
	amount BIGINT NOT NULL,
	CONSTRAINT pk_liability_share PRIMARY KEY (id),
	CONSTRAINT uq_liability_share_decision_id_person_id UNIQUE (decision_id, person_id),
	CONSTRAINT ck_liability_share_amounts CHECK (percent > 0 AND percent <= 10000 AND amount >= 0),
	CONSTRAINT fk_liability_share_decision_id FOREIGN KEY(decision_id) REFERENCES liability_decision (id),
	CONSTRAINT fk_liability_share_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE INDEX ix_liability_share_decision_id ON liability_share (decision_id);

CREATE INDEX ix_liability_share_person_id ON liability_share (person_id);

CREATE TABLE liability_answer (
	share_id INTEGER NOT NULL,
	acknowledged BOOLEAN NOT NULL,
	statement TEXT NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_liability_answer PRIMARY KEY (share_id),
	CONSTRAINT ck_liability_answer_statement CHECK (acknowledged OR statement <> ''),
	CONSTRAINT fk_liability_answer_share_id FOREIGN KEY(share_id) REFERENCES liability_share (id)
);

CREATE TABLE liability_settlement (
	id INTEGER NOT NULL,
	share_id INTEGER NOT NULL,
	method VARCHAR(7) NOT NULL,
	amount BIGINT NOT NULL,
	received_by_id INTEGER NOT NULL,
	note TEXT NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_liability_settlement PRIMARY KEY (id),
	CONSTRAINT ck_liability_settlement_amount CHECK (amount > 0),
	CONSTRAINT fk_liability_settlement_share_id FOREIGN KEY(share_id) REFERENCES liability_share (id),
	CONSTRAINT ck_liability_settlement_method CHECK (method IN ('pay', 'replace', 'repair')),
	CONSTRAINT fk_liability_settlement_received_by_id FOREIGN KEY(received_by_id) REFERENCES person (id)
);

CREATE INDEX ix_liability_settlement_share_id ON liability_settlement (share_id);
