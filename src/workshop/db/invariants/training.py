"""Trainings and meetings: rolls, excuses and the certificates that came of them (W11)."""

from workshop.db.invariants.rule import Invariant
from workshop.domain.words import N_

INVARIANTS = (
    Invariant(
        "W11",
        "certificate_unearned",
        N_("A certificate of a session is another person's or another training's, or its roll is not closed."),
        """
        SELECT a.session_id AS id, a.person_id, a.certificate_id FROM session_attendance a
        JOIN training_session s ON s.id = a.session_id JOIN certificate c ON c.id = a.certificate_id
        WHERE c.person_id <> a.person_id OR s.training IS NULL OR c.training <> s.training
            OR s.closed_at IS NULL OR s.closed_by_id = a.person_id
        """,
    ),
    Invariant(
        "W11",
        "certificate_withheld",
        N_("Somebody was on the closed roll of a session that gives a certificate, and got none."),
        """
        SELECT a.session_id AS id, a.person_id FROM session_attendance a
        JOIN training_session s ON s.id = a.session_id
        WHERE s.training IS NOT NULL AND s.closed_at IS NOT NULL AND a.certificate_id IS NULL
        """,
    ),
    Invariant(
        "W11",
        "roll_astray",
        N_("Somebody is on the roll of a session that was called off, or came after its end."),
        """
        SELECT a.session_id AS id, a.person_id, a.at, s.ends_at FROM session_attendance a
        JOIN training_session s ON s.id = a.session_id WHERE s.called_off <> '' OR a.at > s.ends_at
        """,
    ),
    Invariant(
        "W11",
        "excuse_untold",
        N_("An excuse has no reason, or was given by the excused person."),
        """
        SELECT session_id AS id, person_id, excuse, excused_by_id FROM session_invitee
        WHERE (excused_at IS NULL) <> (excuse = '') OR (excused_at IS NULL) <> (excused_by_id IS NULL)
            OR excused_by_id = person_id
        """,
    ),
    Invariant(
        "W11",
        "session_closed_early",
        N_("The roll of a session was closed before its start, or nobody was invited to it."),
        """
        SELECT id, topic, starts_at, closed_at FROM training_session s
        WHERE (closed_at < starts_at AND called_off = '')
            OR NOT EXISTS (SELECT 1 FROM session_invitee i WHERE i.session_id = s.id)
        """,
    ),
)
