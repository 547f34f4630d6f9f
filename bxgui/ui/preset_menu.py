"""“Preset”: what a reply can begin with, and the ways to keep it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from bxgui.core.json_values import JsonProblem
from bxgui.core.preset import Preset, PresetMenu
from bxgui.core.records import CallDetail
from bxgui.core.rule import Rule
from bxgui.core.value_rows import RowProblem
from bxgui.ui.desk import Desk
from bxgui.ui.menu_button import add_choice, literal, menu_button, popup_below
from bxgui.ui.preset_filling import PresetFilling
from bxgui.ui.questions import one_line
from bxgui.ui.reply_form import ReplyForm
from bxgui.ui.unready_text import unready_text

_WITH_DIGITS = 9


class PresetButton(QObject):
    """A button with a menu, made anew at each click; `told` carries what was kept."""

    told = Signal(str)

    def __init__(self, desk: Desk, form: ReplyForm) -> None:
        super().__init__(form)
        self._desk = desk
        self._form = form
        self.filling = PresetFilling(desk, form)
        self.menu = QMenu(form)
        self.button = menu_button(self.tr("&Preset"), self._ask)

    def _ask(self) -> None:
        call = self._form.call
        if call is None:
            return

        def show(found: PresetMenu) -> None:
            if self._form.call is not None and self._form.call.row.id == call.row.id:
                self._show(found, call)

        self._desk.ask(lambda w: w.presets.menu(call.row.id), show, self.filling.complain)

    def _show(self, found: PresetMenu, call: CallDetail) -> None:
        menu, rule = self.menu, found.rule
        menu.clear()
        for number, preset in enumerate(found.presets, 1):
            digit = f"&{number}  " if number <= _WITH_DIGITS else "    "
            name = literal(one_line(preset.name))
            add_choice(menu, digit + name, self._filler(rule, preset, call))
        if not found.presets:
            menu.addAction(self.tr("No presets for this rule yet")).setEnabled(False)
        menu.addSeparator()
        last = found.last
        again = self.tr("&Reply again like last time")
        if last is None:
            menu.addAction(again).setEnabled(False)
        else:
            add_choice(menu, again, self._filler(rule, last, call))
        menu.addSeparator()
        add_choice(menu, self.tr("&Save as preset…"), lambda: self._save(rule, call))
        add_choice(menu, self.tr("&Manage presets…"), lambda: self._manage(rule, call))
        popup_below(self.button, menu)

    def _filler(self, rule: Rule, preset: Preset, call: CallDetail) -> Callable[[], None]:
        return lambda: self.filling.fill(rule, preset, call)

    def _save(self, rule: Rule, call: CallDetail) -> None:
        """Keep the form as it stood when this was chosen."""
        from bxgui.ui.preset_saving import edit_preset, saved_text  # noqa: PLC0415 - when wanted

        form = self._form
        if form.call is None or form.call.row.id != call.row.id:
            return
        try:
            begun = Preset("", form.values(), form.log_message)
        except (RowProblem, JsonProblem) as problem:
            text = self.tr("The values cannot be kept yet. %1")
            self.filling.tell_problem(text.replace("%1", unready_text(form, problem)))
            return

        def kept(name: str) -> None:
            self.told.emit(saved_text(name))

        self._desk.ask(
            lambda w: w.presets.facts(call),
            lambda facts: edit_preset(self._desk, form, rule, facts, begun, kept),
        )

    def _manage(self, rule: Rule, call: CallDetail) -> None:
        from bxgui.ui.preset_manager import PresetManager  # noqa: PLC0415 - when it is wanted

        PresetManager(self._desk, rule, call, self._form).open()
