CREATE TABLE bay (
	id SERIAL NOT NULL,
	number VARCHAR(10) NOT NULL,
	name VARCHAR(60) NOT NULL,
	CONSTRAINT pk_bay PRIMARY KEY (id),
	CONSTRAINT uq_bay_number UNIQUE (number),
	CONSTRAINT uq_bay_name UNIQUE (name)
);

CREATE TABLE checklistline (
	id SERIAL NOT NULL,
	checklist VARCHAR(40) NOT NULL,
	position INTEGER NOT NULL,
	text_zh VARCHAR(200) NOT NULL,
	text_en VARCHAR(200) NOT NULL,
	unit VARCHAR(20) NOT NULL,
	low VARCHAR(32),
	high VARCHAR(32),
	value_required BOOLEAN NOT NULL,
	CONSTRAINT pk_checklistline PRIMARY KEY (id),
	CONSTRAINT uq_checklistline_checklist_position UNIQUE (checklist, position)
);

CREATE TABLE customer (
	id SERIAL NOT NULL,
	name VARCHAR(100) NOT NULL,
	initials VARCHAR(300) NOT NULL,
	phone VARCHAR(20) NOT NULL,
	CONSTRAINT pk_customer PRIMARY KEY (id)
);

CREATE INDEX ix_customer_phone ON customer (phone);

CREATE TABLE ledger_head (
	id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_ledger_head PRIMARY KEY (id),
	CONSTRAINT ck_ledger_head_one_head CHECK (id = 1)
);

CREATE TABLE numberseries (
	kind VARCHAR(2) NOT NULL,
	last INTEGER NOT NULL,
	CONSTRAINT pk_numberseries PRIMARY KEY (kind)
);

CREATE TABLE operation (
	code VARCHAR(20) NOT NULL,
	name_zh VARCHAR(100) NOT NULL,
	name_en VARCHAR(100) NOT NULL,
	initials VARCHAR(300) NOT NULL,
	category VARCHAR(40) NOT NULL,
	minutes INTEGER NOT NULL,
	price BIGINT NOT NULL,
	repair_class VARCHAR(8) NOT NULL,
	checklist VARCHAR(40) NOT NULL,
	gear VARCHAR(200) NOT NULL,
	drip_pan BOOLEAN NOT NULL,
	hoist_watcher BOOLEAN NOT NULL,
	outside_covers BOOLEAN NOT NULL,
	inside_covers BOOLEAN NOT NULL,
	training VARCHAR(12),
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_operation PRIMARY KEY (code),
	CONSTRAINT ck_operation_amounts CHECK (minutes > 0 AND price >= 0),
	CONSTRAINT ck_operation_repairclass CHECK (repair_class IN ('minor', 'special', 'level1', 'level2', 'assembly', 'whole')),
	CONSTRAINT ck_operation_training CHECK (training IN ('high_voltage', 'airbag', 'gas'))
);

CREATE TABLE part (
	id SERIAL NOT NULL,
	number VARCHAR(10) NOT NULL,
	part_no VARCHAR(40) NOT NULL,
	name_zh VARCHAR(100) NOT NULL,
	name_en VARCHAR(100) NOT NULL,
	initials VARCHAR(300) NOT NULL,
	old_part VARCHAR(13) NOT NULL,
	hazardous BOOLEAN NOT NULL,
	unit VARCHAR(10) NOT NULL,
	price BIGINT NOT NULL,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_part PRIMARY KEY (id),
	CONSTRAINT ck_part_price CHECK (price >= 0),
	CONSTRAINT uq_part_number UNIQUE (number),
	CONSTRAINT uq_part_part_no UNIQUE (part_no),
	CONSTRAINT ck_part_oldpartclass CHECK (old_part IN ('returnable', 'consumable', 'first_fitting'))
);

CREATE TABLE shop (
	id INTEGER NOT NULL,
	name VARCHAR(100) NOT NULL,
	address VARCHAR(200) NOT NULL,
	phone VARCHAR(30) NOT NULL,
	timezone VARCHAR(60) NOT NULL,
	labour_rate BIGINT NOT NULL,
	demo BOOLEAN NOT NULL,
	CONSTRAINT pk_shop PRIMARY KEY (id),
	CONSTRAINT ck_shop_one_shop CHECK (id = 1)
);

CREATE TABLE signinguard (
	badge VARCHAR(32) NOT NULL,
	failures INTEGER NOT NULL,
	locked_until TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_signinguard PRIMARY KEY (badge)
);

CREATE TABLE team (
	id SERIAL NOT NULL,
	name VARCHAR(60) NOT NULL,
	CONSTRAINT pk_team PRIMARY KEY (id),
	CONSTRAINT uq_team_name UNIQUE (name)
);

CREATE TABLE operationpart (
	operation VARCHAR NOT NULL,
	part_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	CONSTRAINT pk_operationpart PRIMARY KEY (operation, part_id),
	CONSTRAINT fk_operationpart_operation FOREIGN KEY(operation) REFERENCES operation (code),
	CONSTRAINT fk_operationpart_part_id FOREIGN KEY(part_id) REFERENCES part (id)
);

CREATE TABLE partfit (
	id SERIAL NOT NULL,
	part_id INTEGER NOT NULL,
	make VARCHAR(40) NOT NULL,
	model VARCHAR(60) NOT NULL,
	year_from INTEGER,
	year_to INTEGER,
	engine VARCHAR(40) NOT NULL,
	vin_prefix VARCHAR(17) NOT NULL,
	CONSTRAINT pk_partfit PRIMARY KEY (id),
	CONSTRAINT fk_partfit_part_id FOREIGN KEY(part_id) REFERENCES part (id)
);

CREATE INDEX ix_partfit_part_id ON partfit (part_id);

CREATE TABLE person (
	id SERIAL NOT NULL,
	badge VARCHAR(10) NOT NULL,
	name VARCHAR(60) NOT NULL,
	initials VARCHAR(300) NOT NULL,
	pin_hash VARCHAR(200) NOT NULL,
	language VARCHAR(10) NOT NULL,
	team_id INTEGER,
	active BOOLEAN NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (id),
	CONSTRAINT uq_person_badge UNIQUE (badge),
	CONSTRAINT fk_person_team_id FOREIGN KEY(team_id) REFERENCES team (id)
);

CREATE INDEX ix_person_team_id ON person (team_id);

CREATE TABLE vehicle (
	id SERIAL NOT NULL,
	vin VARCHAR(17) NOT NULL,
	plate VARCHAR(12),
	plate_colour VARCHAR(20) NOT NULL,
	vehicle_class VARCHAR(10) NOT NULL,
	make VARCHAR(40) NOT NULL,
	model VARCHAR(60) NOT NULL,
	model_year INTEGER,
	engine VARCHAR(40) NOT NULL,
	customer_id INTEGER NOT NULL,
	CONSTRAINT pk_vehicle PRIMARY KEY (id),
	CONSTRAINT ck_vehicle_vin_length CHECK (length(vin) = 17),
	CONSTRAINT uq_vehicle_vin UNIQUE (vin),
	CONSTRAINT uq_vehicle_plate UNIQUE (plate),
	CONSTRAINT ck_vehicle_vehicleclass CHECK (vehicle_class IN ('car', 'motorcycle', 'other')),
	CONSTRAINT fk_vehicle_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
);

CREATE INDEX ix_vehicle_customer_id ON vehicle (customer_id);

CREATE INDEX ix_vehicle_vin_last8 ON vehicle (substr(vin, 10));

CREATE TABLE certificate (
	id SERIAL NOT NULL,
	person_id INTEGER NOT NULL,
	training VARCHAR(12) NOT NULL,
	valid_from DATE NOT NULL,
	valid_until DATE NOT NULL,
	CONSTRAINT pk_certificate PRIMARY KEY (id),
	CONSTRAINT ck_certificate_validity CHECK (valid_from <= valid_until),
	CONSTRAINT fk_certificate_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT ck_certificate_training CHECK (training IN ('high_voltage', 'airbag', 'gas'))
);

CREATE INDEX ix_certificate_person_id ON certificate (person_id);

CREATE TABLE ledger_line (
	number INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	person_id INTEGER NOT NULL,
	badge VARCHAR(10) NOT NULL,
	terminal VARCHAR(60) NOT NULL,
	command VARCHAR(60) NOT NULL,
	command_id VARCHAR(64) NOT NULL,
	order_number VARCHAR(10),
	payload TEXT NOT NULL,
	outcome TEXT NOT NULL,
	previous VARCHAR(64) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_ledger_line PRIMARY KEY (number),
	CONSTRAINT fk_ledger_line_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT uq_ledger_line_command_id UNIQUE (command_id)
);

CREATE INDEX ix_ledger_line_command ON ledger_line (command);

CREATE INDEX ix_ledger_line_order_number ON ledger_line (order_number);

CREATE TABLE personrole (
	person_id INTEGER NOT NULL,
	role VARCHAR(13) NOT NULL,
	CONSTRAINT pk_personrole PRIMARY KEY (person_id, role),
	CONSTRAINT fk_personrole_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT ck_personrole_role CHECK (role IN ('advisor', 'technician', 'team_leader', 'inspector', 'parts_clerk', 'tool_keeper', 'manager', 'administrator'))
);

CREATE TABLE repair_order (
	id SERIAL NOT NULL,
	number VARCHAR(10) NOT NULL,
	stage VARCHAR(15) NOT NULL,
	round INTEGER NOT NULL,
	vehicle_id INTEGER NOT NULL,
	customer_id INTEGER NOT NULL,
	plate VARCHAR(12),
	brought_by VARCHAR(60) NOT NULL,
	phone VARCHAR(20) NOT NULL,
	request TEXT NOT NULL,
	odometer_in INTEGER NOT NULL,
	fuel VARCHAR(20) NOT NULL,
	belongings TEXT NOT NULL,
	old_parts VARCHAR(14) NOT NULL,
	advisor_id INTEGER NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	promised_at TIMESTAMP WITH TIME ZONE NOT NULL,
	comeback_of_id INTEGER,
	team_id INTEGER,
	technician_id INTEGER,
	bay_id INTEGER,
	released_at TIMESTAMP WITH TIME ZONE,
	odometer_out INTEGER,
	certificate_no VARCHAR(20),
	delivered_at TIMESTAMP WITH TIME ZONE,
	delivered_by_id INTEGER,
	received_by VARCHAR(60) NOT NULL,
	cancelled_reason TEXT NOT NULL,
	CONSTRAINT pk_repair_order PRIMARY KEY (id),
	CONSTRAINT ck_repair_order_dispatch CHECK (stage <> 'opened' OR technician_id IS NULL),
	CONSTRAINT ck_repair_order_delivery CHECK (stage <> 'delivered' OR delivered_at IS NOT NULL),
	CONSTRAINT ck_repair_order_release CHECK (stage NOT IN ('released', 'delivered') OR released_at IS NOT NULL),
	CONSTRAINT ck_repair_order_odometer CHECK (odometer_in >= 0),
	CONSTRAINT uq_repair_order_number UNIQUE (number),
	CONSTRAINT ck_repair_order_stage CHECK (stage IN ('opened', 'dispatched', 'plate_verified', 'items_confirmed', 'in_work', 'self_checked', 'handed_over', 'released', 'delivered', 'cancelled')),
	CONSTRAINT fk_repair_order_vehicle_id FOREIGN KEY(vehicle_id) REFERENCES vehicle (id),
	CONSTRAINT fk_repair_order_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT ck_repair_order_oldpartschoice CHECK (old_parts IN ('customer_takes', 'shop_keeps', 'no_old_parts')),
	CONSTRAINT fk_repair_order_advisor_id FOREIGN KEY(advisor_id) REFERENCES person (id),
	CONSTRAINT fk_repair_order_comeback_of_id FOREIGN KEY(comeback_of_id) REFERENCES repair_order (id),
	CONSTRAINT fk_repair_order_team_id FOREIGN KEY(team_id) REFERENCES team (id),
	CONSTRAINT fk_repair_order_technician_id FOREIGN KEY(technician_id) REFERENCES person (id),
	CONSTRAINT fk_repair_order_bay_id FOREIGN KEY(bay_id) REFERENCES bay (id),
	CONSTRAINT uq_repair_order_certificate_no UNIQUE (certificate_no),
	CONSTRAINT fk_repair_order_delivered_by_id FOREIGN KEY(delivered_by_id) REFERENCES person (id)
);

CREATE INDEX ix_repair_order_customer_id ON repair_order (customer_id);

CREATE INDEX ix_repair_order_open ON repair_order (id) WHERE stage NOT IN ('delivered', 'cancelled');

CREATE INDEX ix_repair_order_vehicle_id ON repair_order (vehicle_id);

CREATE TABLE finding (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	what TEXT NOT NULL,
	place VARCHAR(100) NOT NULL,
	severity VARCHAR(8) NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	found_by_id INTEGER NOT NULL,
	ended VARCHAR(10),
	closed_by_id INTEGER,
	closed_at TIMESTAMP WITH TIME ZONE,
	note TEXT NOT NULL,
	CONSTRAINT pk_finding PRIMARY KEY (id),
	CONSTRAINT ck_finding_closed_by_somebody CHECK ((ended IS NULL) = (closed_by_id IS NULL)),
	CONSTRAINT fk_finding_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT ck_finding_severity CHECK (severity IN ('safety', 'soon', 'advisory')),
	CONSTRAINT fk_finding_found_by_id FOREIGN KEY(found_by_id) REFERENCES person (id),
	CONSTRAINT ck_finding_findingend CHECK (ended IN ('added', 'declined', 'next_visit')),
	CONSTRAINT fk_finding_closed_by_id FOREIGN KEY(closed_by_id) REFERENCES person (id)
);

CREATE INDEX ix_finding_open ON finding (order_id) WHERE ended IS NULL;

CREATE INDEX ix_finding_order_id ON finding (order_id);

CREATE TABLE hand_over (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	giver_id INTEGER NOT NULL,
	given_at TIMESTAMP WITH TIME ZONE NOT NULL,
	taker_id INTEGER,
	taken_at TIMESTAMP WITH TIME ZONE,
	accepted BOOLEAN,
	reason TEXT NOT NULL,
	CONSTRAINT pk_hand_over PRIMARY KEY (id),
	CONSTRAINT ck_hand_over_two_people CHECK (taker_id IS NULL OR taker_id <> giver_id),
	CONSTRAINT ck_hand_over_reason CHECK (accepted IS NULL OR accepted OR reason <> ''),
	CONSTRAINT fk_hand_over_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_hand_over_giver_id FOREIGN KEY(giver_id) REFERENCES person (id),
	CONSTRAINT fk_hand_over_taker_id FOREIGN KEY(taker_id) REFERENCES person (id)
);

CREATE INDEX ix_hand_over_order_id ON hand_over (order_id);

CREATE TABLE inspection (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	inspector_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	passed BOOLEAN NOT NULL,
	odometer INTEGER NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT pk_inspection PRIMARY KEY (id),
	CONSTRAINT uq_inspection_order_id_round UNIQUE (order_id, round),
	CONSTRAINT fk_inspection_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_inspection_inspector_id FOREIGN KEY(inspector_id) REFERENCES person (id)
);

CREATE INDEX ix_inspection_order_id ON inspection (order_id);

CREATE TABLE order_item (
	id SERIAL NOT NULL,
	number VARCHAR(10) NOT NULL,
	order_id INTEGER NOT NULL,
	operation VARCHAR NOT NULL,
	name_zh VARCHAR(100) NOT NULL,
	name_en VARCHAR(100) NOT NULL,
	repair_class VARCHAR(8) NOT NULL,
	minutes INTEGER NOT NULL,
	price BIGINT NOT NULL,
	state VARCHAR(8) NOT NULL,
	round INTEGER NOT NULL,
	note TEXT NOT NULL,
	work_done TEXT NOT NULL,
	guarantee_until DATE,
	guarantee_odometer INTEGER,
	taken_up_by_id INTEGER,
	CONSTRAINT pk_order_item PRIMARY KEY (id),
	CONSTRAINT ck_order_item_amounts CHECK (minutes > 0 AND price >= 0),
	CONSTRAINT uq_order_item_number UNIQUE (number),
	CONSTRAINT fk_order_item_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_order_item_operation FOREIGN KEY(operation) REFERENCES operation (code),
	CONSTRAINT ck_order_item_repairclass CHECK (repair_class IN ('minor', 'special', 'level1', 'level2', 'assembly', 'whole')),
	CONSTRAINT ck_order_item_itemstate CHECK (state IN ('proposed', 'approved', 'started', 'done', 'declined', 'deferred', 'removed')),
	CONSTRAINT fk_order_item_taken_up_by_id FOREIGN KEY(taken_up_by_id) REFERENCES order_item (id)
);

CREATE INDEX ix_order_item_order_id ON order_item (order_id);

CREATE TABLE plate_check (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	technician_id INTEGER NOT NULL,
	typed VARCHAR(60) NOT NULL,
	seen VARCHAR(20) NOT NULL,
	matched BOOLEAN NOT NULL,
	CONSTRAINT pk_plate_check PRIMARY KEY (id),
	CONSTRAINT fk_plate_check_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_plate_check_technician_id FOREIGN KEY(technician_id) REFERENCES person (id)
);

CREATE INDEX ix_plate_check_order_id ON plate_check (order_id);

CREATE TABLE self_check (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	round INTEGER NOT NULL,
	technician_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_self_check PRIMARY KEY (id),
	CONSTRAINT fk_self_check_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_self_check_technician_id FOREIGN KEY(technician_id) REFERENCES person (id)
);

CREATE INDEX ix_self_check_order_id ON self_check (order_id);

CREATE TABLE change_request (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	finding_id INTEGER,
	raised_by_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	reason TEXT NOT NULL,
	CONSTRAINT pk_change_request PRIMARY KEY (id),
	CONSTRAINT fk_change_request_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_change_request_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id),
	CONSTRAINT fk_change_request_raised_by_id FOREIGN KEY(raised_by_id) REFERENCES person (id)
);

CREATE INDEX ix_change_request_order_id ON change_request (order_id);

CREATE TABLE check_answer (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	item_id INTEGER,
	round INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text_zh VARCHAR(200) NOT NULL,
	text_en VARCHAR(200) NOT NULL,
	unit VARCHAR(20) NOT NULL,
	low VARCHAR(32),
	high VARCHAR(32),
	value_required BOOLEAN NOT NULL,
	answer VARCHAR(14),
	value VARCHAR(32),
	reason TEXT NOT NULL,
	answered_by_id INTEGER,
	answered_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_check_answer PRIMARY KEY (id),
	CONSTRAINT uq_check_answer_order_id_item_id_round_position UNIQUE (order_id, item_id, round, position),
	CONSTRAINT ck_check_answer_answered_by_somebody CHECK ((answer IS NULL) = (answered_by_id IS NULL)),
	CONSTRAINT ck_check_answer_reason CHECK (answer IS NULL OR answer = 'ok' OR reason <> ''),
	CONSTRAINT ck_check_answer_value CHECK (answer IS NULL OR answer <> 'ok' OR NOT value_required OR value IS NOT NULL),
	CONSTRAINT fk_check_answer_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_check_answer_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT ck_check_answer_answer CHECK (answer IN ('ok', 'not_ok', 'not_applicable')),
	CONSTRAINT fk_check_answer_answered_by_id FOREIGN KEY(answered_by_id) REFERENCES person (id)
);

CREATE INDEX ix_check_answer_item_id ON check_answer (item_id);

CREATE INDEX ix_check_answer_order_id ON check_answer (order_id);

CREATE TABLE defect (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	inspection_id INTEGER,
	hand_over_id INTEGER,
	defect_class VARCHAR(10) NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT pk_defect PRIMARY KEY (id),
	CONSTRAINT fk_defect_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_defect_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT fk_defect_inspection_id FOREIGN KEY(inspection_id) REFERENCES inspection (id),
	CONSTRAINT fk_defect_hand_over_id FOREIGN KEY(hand_over_id) REFERENCES hand_over (id),
	CONSTRAINT ck_defect_defectclass CHECK (defect_class IN ('safety', 'function', 'appearance'))
);

CREATE INDEX ix_defect_item_id ON defect (item_id);

CREATE INDEX ix_defect_order_id ON defect (order_id);

CREATE TABLE discrepancy (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	item_id INTEGER,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	reported_by_id INTEGER NOT NULL,
	note TEXT NOT NULL,
	answer TEXT NOT NULL,
	answered_by_id INTEGER,
	answered_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_discrepancy PRIMARY KEY (id),
	CONSTRAINT fk_discrepancy_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_discrepancy_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT fk_discrepancy_reported_by_id FOREIGN KEY(reported_by_id) REFERENCES person (id),
	CONSTRAINT fk_discrepancy_answered_by_id FOREIGN KEY(answered_by_id) REFERENCES person (id)
);

CREATE INDEX ix_discrepancy_open ON discrepancy (order_id) WHERE answered_at IS NULL;

CREATE INDEX ix_discrepancy_order_id ON discrepancy (order_id);

CREATE TABLE labour_entry (
	id SERIAL NOT NULL,
	item_id INTEGER NOT NULL,
	technician_id INTEGER NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	paused VARCHAR(16),
	CONSTRAINT pk_labour_entry PRIMARY KEY (id),
	CONSTRAINT ck_labour_entry_order_of_times CHECK (ended_at IS NULL OR ended_at >= started_at),
	CONSTRAINT fk_labour_entry_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT fk_labour_entry_technician_id FOREIGN KEY(technician_id) REFERENCES person (id),
	CONSTRAINT ck_labour_entry_pausereason CHECK (paused IN ('waiting_parts', 'waiting_approval', 'waiting_bay', 'break', 'other_order', 'shift_end'))
);

CREATE INDEX ix_labour_entry_item_id ON labour_entry (item_id);

CREATE UNIQUE INDEX uq_labour_entry_running ON labour_entry (technician_id) WHERE ended_at IS NULL;

CREATE TABLE plate_correction (
	id SERIAL NOT NULL,
	order_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	advisor_id INTEGER NOT NULL,
	before VARCHAR(12),
	after VARCHAR(12),
	reason TEXT NOT NULL,
	after_check_id INTEGER,
	CONSTRAINT pk_plate_correction PRIMARY KEY (id),
	CONSTRAINT fk_plate_correction_order_id FOREIGN KEY(order_id) REFERENCES repair_order (id),
	CONSTRAINT fk_plate_correction_advisor_id FOREIGN KEY(advisor_id) REFERENCES person (id),
	CONSTRAINT fk_plate_correction_after_check_id FOREIGN KEY(after_check_id) REFERENCES plate_check (id)
);

CREATE INDEX ix_plate_correction_order_id ON plate_correction (order_id);

CREATE TABLE safety_confirmation (
	id SERIAL NOT NULL,
	item_id INTEGER NOT NULL,
	technician_id INTEGER NOT NULL,
	watcher_id INTEGER,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	confirmed VARCHAR(200) NOT NULL,
	CONSTRAINT pk_safety_confirmation PRIMARY KEY (id),
	CONSTRAINT fk_safety_confirmation_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT fk_safety_confirmation_technician_id FOREIGN KEY(technician_id) REFERENCES person (id),
	CONSTRAINT fk_safety_confirmation_watcher_id FOREIGN KEY(watcher_id) REFERENCES person (id)
);

CREATE INDEX ix_safety_confirmation_item_id ON safety_confirmation (item_id);

CREATE TABLE change_line (
	id SERIAL NOT NULL,
	request_id INTEGER NOT NULL,
	kind VARCHAR(12) NOT NULL,
	item_id INTEGER NOT NULL,
	minutes INTEGER,
	price BIGINT NOT NULL,
	decision VARCHAR(8),
	channel VARCHAR(9),
	consented_by VARCHAR(60) NOT NULL,
	decided_by_id INTEGER,
	decided_at TIMESTAMP WITH TIME ZONE,
	agreed_price BIGINT,
	note TEXT NOT NULL,
	CONSTRAINT pk_change_line PRIMARY KEY (id),
	CONSTRAINT ck_change_line_decided_by_somebody CHECK ((decision IS NULL) = (decided_by_id IS NULL)),
	CONSTRAINT ck_change_line_consent CHECK (decision IS NULL OR decision <> 'approved' OR (channel IS NOT NULL AND consented_by <> '')),
	CONSTRAINT fk_change_line_request_id FOREIGN KEY(request_id) REFERENCES change_request (id),
	CONSTRAINT ck_change_line_changekind CHECK (kind IN ('add_item', 'add_part', 'remove_item', 'reprice_item')),
	CONSTRAINT fk_change_line_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT ck_change_line_decision CHECK (decision IN ('approved', 'declined', 'deferred')),
	CONSTRAINT ck_change_line_channel CHECK (channel IN ('in_person', 'telephone', 'message', 'signature')),
	CONSTRAINT fk_change_line_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES person (id)
);

CREATE INDEX ix_change_line_item_id ON change_line (item_id);

CREATE INDEX ix_change_line_open ON change_line (request_id) WHERE decision IS NULL;

CREATE INDEX ix_change_line_request_id ON change_line (request_id);

CREATE TABLE part_line (
	id SERIAL NOT NULL,
	item_id INTEGER NOT NULL,
	part_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	price BIGINT NOT NULL,
	agreed BOOLEAN NOT NULL,
	change_line_id INTEGER,
	not_needed TEXT NOT NULL,
	CONSTRAINT pk_part_line PRIMARY KEY (id),
	CONSTRAINT ck_part_line_amounts CHECK (quantity > 0 AND price >= 0),
	CONSTRAINT fk_part_line_item_id FOREIGN KEY(item_id) REFERENCES order_item (id),
	CONSTRAINT fk_part_line_part_id FOREIGN KEY(part_id) REFERENCES part (id),
	CONSTRAINT fk_part_line_change_line_id FOREIGN KEY(change_line_id) REFERENCES change_line (id)
);

CREATE INDEX ix_part_line_item_id ON part_line (item_id);

CREATE INDEX ix_part_line_part_id ON part_line (part_id);

CREATE TABLE fit_exception (
	id SERIAL NOT NULL,
	line_id INTEGER NOT NULL,
	clerk_id INTEGER NOT NULL,
	clerk_at TIMESTAMP WITH TIME ZONE NOT NULL,
	clerk_reason TEXT NOT NULL,
	technician_id INTEGER,
	technician_at TIMESTAMP WITH TIME ZONE,
	technician_reason TEXT NOT NULL,
	CONSTRAINT pk_fit_exception PRIMARY KEY (id),
	CONSTRAINT ck_fit_exception_two_people CHECK (technician_id IS NULL OR technician_id <> clerk_id),
	CONSTRAINT uq_fit_exception_line_id UNIQUE (line_id),
	CONSTRAINT fk_fit_exception_line_id FOREIGN KEY(line_id) REFERENCES part_line (id),
	CONSTRAINT fk_fit_exception_clerk_id FOREIGN KEY(clerk_id) REFERENCES person (id),
	CONSTRAINT fk_fit_exception_technician_id FOREIGN KEY(technician_id) REFERENCES person (id)
);

CREATE TABLE old_part (
	id SERIAL NOT NULL,
	number VARCHAR(10) NOT NULL,
	line_id INTEGER NOT NULL,
	part_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	hazardous BOOLEAN NOT NULL,
	state VARCHAR(17) NOT NULL,
	received_by_id INTEGER NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_old_part PRIMARY KEY (id),
	CONSTRAINT ck_old_part_quantity CHECK (quantity > 0),
	CONSTRAINT uq_old_part_number UNIQUE (number),
	CONSTRAINT fk_old_part_line_id FOREIGN KEY(line_id) REFERENCES part_line (id),
	CONSTRAINT fk_old_part_part_id FOREIGN KEY(part_id) REFERENCES part (id),
	CONSTRAINT ck_old_part_oldpartstate CHECK (state IN ('held', 'shown', 'taken', 'returned_to_maker', 'scrapped', 'hazardous_waste')),
	CONSTRAINT fk_old_part_received_by_id FOREIGN KEY(received_by_id) REFERENCES person (id)
);

CREATE INDEX ix_old_part_line_id ON old_part (line_id);

CREATE INDEX ix_old_part_part_id ON old_part (part_id);

CREATE TABLE old_part_move (
	id SERIAL NOT NULL,
	old_part_id INTEGER NOT NULL,
	before VARCHAR(17) NOT NULL,
	after VARCHAR(17) NOT NULL,
	by_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT pk_old_part_move PRIMARY KEY (id),
	CONSTRAINT fk_old_part_move_old_part_id FOREIGN KEY(old_part_id) REFERENCES old_part (id),
	CONSTRAINT ck_old_part_move_before_state CHECK (before IN ('held', 'shown', 'taken', 'returned_to_maker', 'scrapped', 'hazardous_waste')),
	CONSTRAINT ck_old_part_move_after_state CHECK (after IN ('held', 'shown', 'taken', 'returned_to_maker', 'scrapped', 'hazardous_waste')),
	CONSTRAINT fk_old_part_move_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE INDEX ix_old_part_move_old_part_id ON old_part_move (old_part_id);

CREATE TABLE part_issue (
	id SERIAL NOT NULL,
	line_id INTEGER NOT NULL,
	part_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	basis VARCHAR(13) NOT NULL,
	old_part_id INTEGER,
	loan_reason TEXT NOT NULL,
	clerk_id INTEGER NOT NULL,
	technician_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_part_issue PRIMARY KEY (id),
	CONSTRAINT ck_part_issue_quantity CHECK (quantity > 0),
	CONSTRAINT ck_part_issue_loan_reason CHECK (basis <> 'loan' OR loan_reason <> ''),
	CONSTRAINT ck_part_issue_old_for_new CHECK ((basis = 'old_part') = (old_part_id IS NOT NULL)),
	CONSTRAINT fk_part_issue_line_id FOREIGN KEY(line_id) REFERENCES part_line (id),
	CONSTRAINT fk_part_issue_part_id FOREIGN KEY(part_id) REFERENCES part (id),
	CONSTRAINT ck_part_issue_issuebasis CHECK (basis IN ('old_part', 'loan', 'consumable', 'first_fitting')),
	CONSTRAINT uq_part_issue_old_part_id UNIQUE (old_part_id),
	CONSTRAINT fk_part_issue_old_part_id FOREIGN KEY(old_part_id) REFERENCES old_part (id),
	CONSTRAINT fk_part_issue_clerk_id FOREIGN KEY(clerk_id) REFERENCES person (id),
	CONSTRAINT fk_part_issue_technician_id FOREIGN KEY(technician_id) REFERENCES person (id)
);

CREATE INDEX ix_part_issue_line_id ON part_issue (line_id);

CREATE INDEX ix_part_issue_part_id ON part_issue (part_id);

CREATE TABLE loan_return (
	old_part_id INTEGER NOT NULL,
	issue_id INTEGER NOT NULL,
	CONSTRAINT pk_loan_return PRIMARY KEY (old_part_id),
	CONSTRAINT fk_loan_return_old_part_id FOREIGN KEY(old_part_id) REFERENCES old_part (id),
	CONSTRAINT fk_loan_return_issue_id FOREIGN KEY(issue_id) REFERENCES part_issue (id)
);

CREATE INDEX ix_loan_return_issue_id ON loan_return (issue_id);

CREATE TABLE part_fitting (
	id SERIAL NOT NULL,
	issue_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	technician_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_part_fitting PRIMARY KEY (id),
	CONSTRAINT ck_part_fitting_quantity CHECK (quantity > 0),
	CONSTRAINT fk_part_fitting_issue_id FOREIGN KEY(issue_id) REFERENCES part_issue (id),
	CONSTRAINT fk_part_fitting_technician_id FOREIGN KEY(technician_id) REFERENCES person (id)
);

CREATE INDEX ix_part_fitting_issue_id ON part_fitting (issue_id);

CREATE TABLE part_return (
	id SERIAL NOT NULL,
	issue_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	reason TEXT NOT NULL,
	clerk_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_part_return PRIMARY KEY (id),
	CONSTRAINT ck_part_return_quantity CHECK (quantity > 0),
	CONSTRAINT fk_part_return_issue_id FOREIGN KEY(issue_id) REFERENCES part_issue (id),
	CONSTRAINT fk_part_return_clerk_id FOREIGN KEY(clerk_id) REFERENCES person (id)
);

CREATE INDEX ix_part_return_issue_id ON part_return (issue_id);

CREATE TABLE stock_movement (
	id SERIAL NOT NULL,
	part_id INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	kind VARCHAR(7) NOT NULL,
	issue_id INTEGER,
	return_id INTEGER,
	by_id INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT pk_stock_movement PRIMARY KEY (id),
	CONSTRAINT ck_stock_movement_quantity CHECK (quantity <> 0),
	CONSTRAINT fk_stock_movement_part_id FOREIGN KEY(part_id) REFERENCES part (id),
	CONSTRAINT ck_stock_movement_movementkind CHECK (kind IN ('receipt', 'issue', 'return', 'count')),
	CONSTRAINT fk_stock_movement_issue_id FOREIGN KEY(issue_id) REFERENCES part_issue (id),
	CONSTRAINT fk_stock_movement_return_id FOREIGN KEY(return_id) REFERENCES part_return (id),
	CONSTRAINT fk_stock_movement_by_id FOREIGN KEY(by_id) REFERENCES person (id)
);

CREATE INDEX ix_stock_movement_part_id ON stock_movement (part_id);

INSERT INTO ledger_head (id, number, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE OR REPLACE FUNCTION release_on_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.stage IN ('released', 'delivered') AND NOT EXISTS ( SELECT 1 FROM inspection WHERE inspection.order_id = NEW.id AND inspection.round = NEW.round AND inspection.passed ) THEN RAISE EXCEPTION 'W7c: no release without a passed inspection'; END IF; RETURN NEW; END $$;

CREATE OR REPLACE TRIGGER release_on_update BEFORE UPDATE OF stage, round ON repair_order FOR EACH ROW EXECUTE FUNCTION release_on_update();

CREATE OR REPLACE FUNCTION release_on_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.stage IN ('released', 'delivered') AND NOT EXISTS ( SELECT 1 FROM inspection WHERE inspection.order_id = NEW.id AND inspection.round = NEW.round AND inspection.passed ) THEN RAISE EXCEPTION 'W7c: no release without a passed inspection'; END IF; RETURN NEW; END $$;

CREATE OR REPLACE TRIGGER release_on_insert BEFORE INSERT ON repair_order FOR EACH ROW EXECUTE FUNCTION release_on_insert();

CREATE OR REPLACE FUNCTION old_for_new() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.basis NOT IN ('old_part', 'loan') AND EXISTS ( SELECT 1 FROM part WHERE part.id = NEW.part_id AND part.old_part = 'returnable' ) THEN RAISE EXCEPTION 'W6b: no new part without the old one or a loan'; END IF; RETURN NEW; END $$;

CREATE OR REPLACE TRIGGER old_for_new BEFORE INSERT ON part_issue FOR EACH ROW EXECUTE FUNCTION old_for_new();

CREATE OR REPLACE FUNCTION ledger_line_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger_line is append-only'; END $$;

CREATE OR REPLACE TRIGGER ledger_line_no_update BEFORE UPDATE ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_line_no_update();

CREATE OR REPLACE TRIGGER ledger_line_no_update_all BEFORE TRUNCATE ON ledger_line EXECUTE FUNCTION ledger_line_no_update();

CREATE OR REPLACE FUNCTION ledger_line_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'ledger_line is append-only'; END $$;

CREATE OR REPLACE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_line_no_delete();

CREATE OR REPLACE TRIGGER ledger_line_no_delete_all BEFORE TRUNCATE ON ledger_line EXECUTE FUNCTION ledger_line_no_delete();

CREATE OR REPLACE FUNCTION stock_movement_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stock_movement is append-only'; END $$;

CREATE OR REPLACE TRIGGER stock_movement_no_update BEFORE UPDATE ON stock_movement FOR EACH ROW EXECUTE FUNCTION stock_movement_no_update();

CREATE OR REPLACE TRIGGER stock_movement_no_update_all BEFORE TRUNCATE ON stock_movement EXECUTE FUNCTION stock_movement_no_update();

CREATE OR REPLACE FUNCTION stock_movement_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stock_movement is append-only'; END $$;

CREATE OR REPLACE TRIGGER stock_movement_no_delete BEFORE DELETE ON stock_movement FOR EACH ROW EXECUTE FUNCTION stock_movement_no_delete();

CREATE OR REPLACE TRIGGER stock_movement_no_delete_all BEFORE TRUNCATE ON stock_movement EXECUTE FUNCTION stock_movement_no_delete();

CREATE OR REPLACE FUNCTION part_issue_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'part_issue is append-only'; END $$;

CREATE OR REPLACE TRIGGER part_issue_no_update BEFORE UPDATE ON part_issue FOR EACH ROW EXECUTE FUNCTION part_issue_no_update();

CREATE OR REPLACE TRIGGER part_issue_no_update_all BEFORE TRUNCATE ON part_issue EXECUTE FUNCTION part_issue_no_update();

CREATE OR REPLACE FUNCTION part_issue_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'part_issue is append-only'; END $$;

CREATE OR REPLACE TRIGGER part_issue_no_delete BEFORE DELETE ON part_issue FOR EACH ROW EXECUTE FUNCTION part_issue_no_delete();

CREATE OR REPLACE TRIGGER part_issue_no_delete_all BEFORE TRUNCATE ON part_issue EXECUTE FUNCTION part_issue_no_delete();

CREATE OR REPLACE FUNCTION inspection_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'inspection is append-only'; END $$;

CREATE OR REPLACE TRIGGER inspection_no_update BEFORE UPDATE ON inspection FOR EACH ROW EXECUTE FUNCTION inspection_no_update();

CREATE OR REPLACE TRIGGER inspection_no_update_all BEFORE TRUNCATE ON inspection EXECUTE FUNCTION inspection_no_update();

CREATE OR REPLACE FUNCTION inspection_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'inspection is append-only'; END $$;

CREATE OR REPLACE TRIGGER inspection_no_delete BEFORE DELETE ON inspection FOR EACH ROW EXECUTE FUNCTION inspection_no_delete();

CREATE OR REPLACE TRIGGER inspection_no_delete_all BEFORE TRUNCATE ON inspection EXECUTE FUNCTION inspection_no_delete();
