"""Who may do what: one table that can be read aloud. Which records they see is the querysets' matter (`seen_by`)."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in their authority; a person may hold several. The operator belongs to the service."""

    PLACEMENT_OFFICER = "placement_officer"
    SENIOR_OFFICER = "senior_officer"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    VIEWER = "viewer"
    OPERATOR = "operator"


ROLE_NAMES = {
    Role.PLACEMENT_OFFICER: "Placement officer",
    Role.SENIOR_OFFICER: "Senior officer (SQAO)",
    Role.MANAGER: "Manager",
    Role.ADMINISTRATOR: "Administrator",
    Role.VIEWER: "Viewer",
    Role.OPERATOR: "Operator of the service",
}


class Permission(StrEnum):
    """One thing that a person may or may not do; the words complete the sentence 'may …'."""

    SEE = "see the authority's work"
    SEE_REGISTER = "see the register of provisions"
    DESCRIBE_PROVISION = "add an authority's own name, address, premises and contract of a provision"
    ENTER_PROVISION = "enter a provision by hand"
    LOAD_AUTHORITY_LIST = "load the list that Ofsted sends the authority"
    RECORD_PLACEMENT = "record young people and placements"
    RESTRICT_RECORD = "restrict a young person's record and name who may see it"
    LOAD_TABLES = "load placements, past visits, tasks and contracts from CSV files"
    RAISE_CONCERN = "raise a concern"
    BOOK_VISIT = "book, hold and correct visits"
    RECORD_STEP = "record what was done around a visit, from the letter to Mosaic"
    REVIEW_REPORT = "return the report of a visit, with or without tasks (C19)"
    REOPEN_VISIT = "reopen a visit that was closed"
    CHECK_OTHER_AUTHORITIES = "record what other authorities say (C4)"
    HANDLE_ACTION_PLAN = "request, chase and receive Ofsted action plans (C8)"
    WAIVE = "waive a requirement"
    REASSIGN = "say who looks after which provision"
    SEE_TEAM = "see the whole team's work"
    KEEP_STAFF = "keep staff, their roles and their approvals (C11)"
    ARRANGE_COVER = "arrange cover for somebody's leave"
    KEEP_TIMEFRAMES = "publish the authority's own timeframes and closure days"
    KEEP_AUTHORITIES = "keep authorities and their first administrators"
    KEEP_REGISTER = "import Ofsted's files into the shared register"
    CORRECT_REGISTER = "correct the shared register by hand"


_P = Permission
_READ = {_P.SEE, _P.SEE_REGISTER}
_RECORD = _READ | {
    _P.DESCRIBE_PROVISION,
    _P.ENTER_PROVISION,
    _P.RECORD_PLACEMENT,
    _P.RAISE_CONCERN,
    _P.BOOK_VISIT,
    _P.RECORD_STEP,
    _P.CHECK_OTHER_AUTHORITIES,
}

RIGHTS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset(_READ),
    Role.PLACEMENT_OFFICER: frozenset(_RECORD),
    Role.SENIOR_OFFICER: frozenset(_RECORD | {_P.HANDLE_ACTION_PLAN, _P.SEE_TEAM, _P.REVIEW_REPORT, _P.REOPEN_VISIT}),
    Role.MANAGER: frozenset(
        _RECORD
        | {
            _P.HANDLE_ACTION_PLAN,
            _P.WAIVE,
            _P.REOPEN_VISIT,
            _P.REASSIGN,
            _P.SEE_TEAM,
            _P.KEEP_STAFF,
            _P.ARRANGE_COVER,
            _P.RESTRICT_RECORD,
            _P.LOAD_TABLES,
            _P.LOAD_AUTHORITY_LIST,
            _P.KEEP_TIMEFRAMES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        _READ
        | {
            _P.DESCRIBE_PROVISION,
            _P.ENTER_PROVISION,
            _P.LOAD_TABLES,
            _P.LOAD_AUTHORITY_LIST,
            _P.SEE_TEAM,
            _P.KEEP_STAFF,
            _P.ARRANGE_COVER,
            _P.KEEP_TIMEFRAMES,
        }
    ),
    Role.OPERATOR: frozenset({_P.SEE_REGISTER, _P.KEEP_AUTHORITIES, _P.KEEP_REGISTER, _P.CORRECT_REGISTER}),
}
