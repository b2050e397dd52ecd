"""Uppföljning: what a local crime-prevention collaboration promised, set against what was carried out.

The public Python API is what `__all__` names; `docs/python.md` shows it. It is read in first when it is asked for, since every
run of the command line passes here.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uppfoljning.api.follow_up import FollowUp
    from uppfoljning.api.project import Project, load
else:
    _HOMES = {"FollowUp": "follow_up", "Project": "project", "load": "project"}

    def __getattr__(name):  # noqa: ANN001, ANN202 -- unseen by who checks types, or no misspelt name would be found
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = globals()[name] = getattr(import_module(f"uppfoljning.api.{_HOMES[name]}"), name)
        return found

    def __dir__():  # noqa: ANN202
        return sorted({*globals(), *__all__})


__all__ = ["FollowUp", "Project", "load"]
