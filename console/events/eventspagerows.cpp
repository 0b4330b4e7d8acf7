#include "console/details/eventdetails.h"
#include "console/details/filterterm.h"
#include "console/events/colourrulesdialog.h"
#include "console/events/columnlayout.h"
#include "console/events/earlierevent.h"
#include "console/events/eventcommands.h"
#include "console/events/eventspage.h"
#include "console/events/eventstatus.h"
#include "console/events/eventtable.h"
#include "console/events/exportbar.h"
#include "console/events/narrowbar.h"
#include "console/events/searchbar.h"
#include "console/events/selectedlines.h"
#include "console/look/wording.h"

#include "core/base/foreigntext.h"
#include "core/json/parsed.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QSettings>
#include <QToolTip>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestComment = 500;

} // namespace

void EventsPage::showMenu(const QPoint &place)
{
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_commands->fillRowMenu(*menu);
    menu->popup(m_table->viewport()->mapToGlobal(place));
}

void EventsPage::showColumnMenu(const QPoint &place)
{
    QHeaderView &header = *m_table->horizontalHeader();
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const QString name = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        QAction *const action = menu->addAction(printable(name.left(100)));
        action->setCheckable(true);
        action->setChecked(!header.isSectionHidden(column));
        // One stays, or there would be no way back.
        action->setEnabled(header.isSectionHidden(column)
                           || header.count() - header.hiddenSectionCount() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool isShown) {
            m_table->horizontalHeader()->setSectionHidden(column, !isShown);
            keepColumns();
        });
    }
    menu->addSeparator();
    for (const PointerColumn &column : m_model.pointerColumns()) {
        connect(menu->addAction(tr("Remove %1").arg(printable(column.pointer.left(100)))),
                &QAction::triggered, this, [this, pointer = column.pointer] {
                    m_model.removePointerColumn(pointer);
                    keepColumns();
                });
    }
    connect(menu->addAction(tr("As they were at first")), &QAction::triggered, this, [this] {
        const QList<PointerColumn> pointers = m_model.pointerColumns();
        for (const PointerColumn &column : pointers)
            m_model.removePointerColumn(column.pointer);
        ColumnLayout::usual(fontMetrics().averageCharWidth()).applyTo(m_model, *m_table->horizontalHeader());
        keepColumns();
    });
    menu->popup(header.mapToGlobal(place));
}

void EventsPage::keepColumns() const
{
    QSettings settings;
    ColumnLayout::of(m_model, *m_table->horizontalHeader()).write(settings);
}

void EventsPage::addColumn(const QString &pointer)
{
    if (addPointerColumn(m_model, *m_table->horizontalHeader(), pointer))
        keepColumns();
    else
        tell(tr("There is such a column already, or there are %1 of them.").arg(ColumnLayout::MostPointers));
}

void EventsPage::filterBy(const QString &term)
{
    const FilterEdit &edit = m_narrow->edit();
    m_narrow->setFilter(filterWith(edit.isFilter() && edit.isRight() ? edit.text() : QString(), term));
}

void EventsPage::tell(const QString &text)
{
    QToolTip::showText(m_table->mapToGlobal(m_table->rect().center()),
                       u"<p>%1</p>"_s.arg(text.toHtmlEscaped()), m_table);
}

void EventsPage::copy()
{
    const auto lines = selectedLines(m_shown.shown(), m_table->selection().selected());
    if (!lines)
        return tell(tr("That is more than %1 rows or %2: export the selection instead.")
                        .arg(numberText(MostCopiedRows), bytesText(MostCopiedBytes)));
    if (!lines->isEmpty())
        QGuiApplication::clipboard()->setText(QString::fromUtf8(*lines));
}

void EventsPage::triggerAgain()
{
    const auto seq = m_table->currentSeq();
    const auto facts = seq ? factsAt(*seq) : std::nullopt;
    if (!facts || facts->kind != RowKind::Event)
        return tell(tr("Select the event that it is to be like."));
    // Qt reads documents, which are arrays or objects; in an array stands any value.
    const QJsonArray data = json::parsed('[' + facts->data + ']').array();
    Q_EMIT triggerWanted(facts->room, facts->event, facts->hasData() ? data.at(0) : QJsonValue());
}

void EventsPage::askWhy()
{
    const auto seq = m_table->currentSeq();
    const auto facts = seq ? factsAt(*seq) : std::nullopt;
    if (!facts || facts->kind != RowKind::Event)
        return tell(tr("Select the event that somebody did not get."));
    Q_EMIT whyWanted({.room = facts->room,
                      .event = facts->event,
                      .offset = std::max<qint64>(facts->offset, 0),
                      .time = std::max<qint64>(facts->time, 0)});
}

void EventsPage::askForExport(bool selectionAlone)
{
    if (m_export->isRunning())
        return tell(tr("An export is under way."));
    if (selectionAlone && m_table->selection().selected().isEmpty())
        return tell(tr("Nothing is selected."));
    auto *const dialog = new QFileDialog(this, tr("Export events"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString ndjson = tr("NDJSON (*.ndjson)");
    const QString csv = tr("CSV (*.csv)");
    dialog->setNameFilters({ndjson, csv});
    dialog->setDefaultSuffix(u"ndjson"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, csv](const QString &filter) {
        dialog->setDefaultSuffix(filter == csv ? u"csv"_s : u"ndjson"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, selectionAlone](const QString &path) {
        exportTo(path,
                 path.endsWith(".csv"_L1, Qt::CaseInsensitive) ? ExportFormat::Csv : ExportFormat::Ndjson,
                 selectionAlone);
    });
    dialog->open();
}

void EventsPage::exportTo(const QString &path, ExportFormat format, bool selectionAlone)
{
    if (m_export->isRunning())
        return;
    EventExporter::Job job{.path = path, .format = format, .rows = m_shown.shown()};
    job.pointers = m_model.pointerColumns();
    if (selectionAlone)
        job.only = m_table->selection().selected();
    m_export->start(std::move(job));
}

void EventsPage::askForMark()
{
    const auto seq = m_table->currentSeq();
    if (!seq)
        return tell(tr("No event is chosen."));
    if (m_look.isMarked(*seq))
        return m_look.unmark(*seq);
    auto *const dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Mark this event"));
    dialog->setLabelText(tr("Comment (may be empty):"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, seq = *seq](const QString &comment) {
        if (!m_look.mark(seq, comment.left(LongestComment)))
            tell(tr("There are %1 marks already.").arg(numberText(RowLook::MostMarks)));
    });
    dialog->open();
}

void EventsPage::goToMark(bool isNext)
{
    const quint64 from = m_table->currentSeq().value_or(0);
    const auto seq = isNext ? m_look.nextMark(from) : m_look.previousMark(from);
    if (!seq)
        return tell(tr("Nothing is marked."));
    if (!m_table->goTo(*seq))
        tell(tr("The marked event is not among those that are shown."));
}

void EventsPage::editColours()
{
    auto *const dialog = new ColourRulesDialog(
        m_look.rules(), [this] { return m_vocabulary.vocabulary(); }, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_look.setRules(dialog->rules());
        QSettings settings;
        m_look.rules().write(settings);
    });
    dialog->open();
}

std::optional<EventFacts> EventsPage::factsAt(quint64 seq) const
{
    if (m_model.rowOf(seq) < 0)
        return {};
    const EventSegment &segment = *m_model.log().segmentOf(seq);
    return factsOf(segment, int(seq - segment.firstSeq()));
}

/** Of two that are selected what the later one has changed; else of the current one what it has changed since
 * the one before. */
void EventsPage::showDetails()
{
    const SeqRanges selected = m_table->selection().selected();
    const auto count = selected.count();
    m_status->setSelected(qint64(count));
    const auto current = m_table->currentSeq();
    m_search->setCurrent(current);
    if (!(*m_commands)[EventCommands::Details].isChecked())
        return;
    const auto facts = current ? factsAt(*current) : std::nullopt;
    if (!facts)
        return m_details->displayNothing();
    EventDetails::Shown shown{.event = *facts, .schema = m_vocabulary.schemaOf(facts->room, facts->event)};
    if (count == 2 && selected.contains(*current)) {
        const quint64 first = selected.ranges().first().first;
        const quint64 last = selected.ranges().last().end - 1;
        const auto one = factsAt(first);
        const auto other = factsAt(last);
        if (one && other && one->kind == RowKind::Event && other->kind == RowKind::Event) {
            shown.before = one;
            shown.event = *other;
        }
    } else if (facts->kind == RowKind::Event) {
        shown.before = earlierEvent(m_model.log(), *facts);
    }
    m_details->display(shown);
}

} // namespace dialogue::console
