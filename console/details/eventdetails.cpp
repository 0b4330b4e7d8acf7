#include "console/details/eventdetails.h"

#include "console/details/bytesmodel.h"
#include "console/details/differencesview.h"
#include "console/details/factsview.h"
#include "console/details/jsontreeview.h"
#include "console/details/rawview.h"
#include "console/look/notice.h"
#include "console/look/tones.h"

#include "core/base/foreigntext.h"
#include "core/json/cursor.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

QTableView *hexTable(BytesModel &model)
{
    auto *const table = new QTableView;
    table->setModel(&model);
    table->setLayoutDirection(Qt::LeftToRight); // Bytes, whatever way the rest is written.
    table->setAccessibleName(EventDetails::tr("The event's data, byte by byte"));
    table->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 4);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table->horizontalHeader()->setStretchLastSection(true);
    const int character = QFontMetrics(table->font()).horizontalAdvance(u'0');
    table->setColumnWidth(BytesModel::Place, character * 12);
    table->setColumnWidth(BytesModel::Bytes, character * (BytesModel::BytesInRow * 3 + 3));
    return table;
}

} // namespace

EventDetails::EventDetails(QWidget *parent)
    : QWidget(parent)
    , m_facts(new FactsView)
    , m_tabs(new QTabWidget)
    , m_schema(new QLabel)
    , m_tree(new JsonTreeView)
    , m_raw(new RawView)
    , m_bytes(new BytesModel(this))
    , m_differences(new DifferencesView)
{
    m_schema->setTextFormat(Qt::PlainText);
    m_schema->setWordWrap(true);
    m_treeNotice = new Notice(m_tree);
    auto *const tree = new QWidget;
    auto *const treeColumn = new QVBoxLayout(tree);
    treeColumn->setContentsMargins(0, 0, 0, 0);
    treeColumn->addWidget(m_schema);
    treeColumn->addWidget(m_treeNotice, 1);
    m_tabs->addTab(tree, tr("&Tree"));
    m_tabs->addTab(m_raw, tr("&Raw"));
    m_tabs->addTab(hexTable(*m_bytes), tr("He&x"));
    m_tabs->addTab(m_differences, tr("&Differences"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Views of what the event says"));

    auto *const content = new QWidget;
    auto *const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_facts);
    column->addWidget(m_tabs, 1);
    m_notice = new Notice(content);
    auto *const all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_notice);
    connect(m_tabs, &QTabWidget::currentChanged, this, &EventDetails::fillCurrent);
    connect(m_tree, &JsonTreeView::columnWanted, this, &EventDetails::columnWanted);
    connect(m_tree, &JsonTreeView::filterWanted, this, &EventDetails::filterWanted);
    displayNothing();
}

void EventDetails::displayNothing()
{
    m_shown = {};
    m_notice->tell(tr("No event is selected"), tr("Choose one to see what it says."));
}

void EventDetails::display(const Shown &shown)
{
    m_shown = shown;
    const EventFacts &event = m_shown.event;
    if (event.kind == RowKind::Gap)
        return m_notice->tell(gapText(event.gapReason, event.gapCount), gapAdvice(event.gapReason));
    m_notice->showContent();
    m_facts->setFacts(event);
    m_isFilled = {};
    fillCurrent();
}

void EventDetails::fillCurrent()
{
    const int tab = m_tabs->currentIndex();
    if (tab < 0 || std::exchange(m_isFilled[std::size_t(tab)], true))
        return;
    switch (tab) {
    case Tree:
        return fillTree();
    case Raw:
        return m_raw->setText(m_shown.event.data);
    case Hex:
        return m_bytes->setBytes(m_shown.event.data);
    default:
        return m_differences->compare(m_shown.before, m_shown.event);
    }
}

void EventDetails::fillTree()
{
    const EventFacts &event = m_shown.event;
    m_tree->setEvent(event.data, event.meta);
    m_schema->hide();
    if (event.data.isEmpty() && event.meta.isEmpty()) {
        m_treeNotice->tell(tr("What it says is not here"),
                           event.flags & DataTooLarge
                               ? tr("It is larger than what this console keeps of one event.")
                               : tr("It was not asked for when this event came, or is larger than 256 KiB."));
        return;
    }
    m_treeNotice->showContent();
    const QByteArray data = event.data.trimmed();
    if (!m_shown.schema || data.isEmpty() || !json::check(data))
        return;
    const QList<SchemaFault> faults = m_shown.schema->explain(JsonData::fromText(data));
    m_tree->setFaults(faults);
    tellSchema(faults);
}

void EventDetails::tellSchema(const QList<SchemaFault> &faults)
{
    QPalette toned = palette();
    if (faults.isEmpty()) {
        m_schema->setText(tr("\u2713 As the schema of this event wants it."));
        toned.setColor(QPalette::WindowText, toneColor(Tone::Good, palette()));
    } else {
        const QString first = printable((faults.first().path + u": "_s + faults.first().message).left(300));
        m_schema->setText(
            faults.size() == 1
                ? tr("\u26a0 Not as the schema wants it: %1").arg(first)
                : tr("\u26a0 Not as the schema wants it, in %1 places: %2").arg(faults.size()).arg(first));
        toned.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    }
    m_schema->setPalette(toned);
    m_schema->show();
}

} // namespace dialogue::console
