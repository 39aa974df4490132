"""The roles people hold in the shop. One person may hold several; separations of duty are between persons."""

from workshop.domain.words import N_, Labelled


class Role(Labelled):
    """A role, by its standard term."""

    ADVISOR = "advisor", N_("service advisor")
    TECHNICIAN = "technician", N_("technician")
    TEAM_LEADER = "team_leader", N_("team leader")
    INSPECTOR = "inspector", N_("inspector")
    PARTS_CLERK = "parts_clerk", N_("parts clerk")
    TOOL_KEEPER = "tool_keeper", N_("tool keeper")
    MANAGER = "manager", N_("workshop manager")
    ADMINISTRATOR = "administrator", N_("administrator")


EVERYONE = frozenset(Role)
