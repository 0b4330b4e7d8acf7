#include "console/why/timelineview.h"

#include "console/look/celldelegate.h"
#include "console/look/notice.h"
#include "console/look/wording.h"
#include "core/protocol/admin/names.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

/** Paints what happened in the colour of what it means. */
class HappeningDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto tone = Tone(index.data(TimelineModel::ToneRole).toInt());
        option->palette.setColor(QPalette::Text, toneColor(tone, option->palette));
    }
};

} // namespace

TimelineView::TimelineView(AdminConnection &connection, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_feed(connection, u"timeline"_s)
    , m_trace(new QCheckBox(tr("Trace: remember when each event is sent")))
{
    auto *const table = new QTableView;
    table->setModel(&m_model);
    table->setAccessibleName(tr("What became of the client"));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table->horizontalHeader()->setStretchLastSection(true);
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    table->setItemDelegateForColumn(TimelineModel::Time,
                                    new CellDelegate(CellDelegate::Kind::DateTime, table));
    table->setItemDelegateForColumn(TimelineModel::What, new HappeningDelegate(table));
    const int character = fontMetrics().averageCharWidth();
    table->setColumnWidth(TimelineModel::Time, character * 26);
    table->setColumnWidth(TimelineModel::What, character * 22);
    table->setColumnWidth(TimelineModel::Room, character * 16);
    m_notice = new Notice(table);
    m_trace->setToolTip(
        tr("What is sent to this client takes a longer way meanwhile; it ends with this window."));
    auto *const column = new QVBoxLayout(this);
    column->addWidget(m_trace);
    column->addWidget(m_notice, 1);
    connect(m_trace, &QCheckBox::toggled, this, &TimelineView::trace);
    connect(&m_feed, &DetailsFeed::told, this, &TimelineView::take);
    connect(&m_feed, &DetailsFeed::gone, this, [this] {
        m_trace->setEnabled(false);
        m_notice->tell(tr("Nothing is remembered of this client"),
                       tr("It came before anybody wanted to know, or left too long ago (admin.leavers)."));
    });
    // The server has forgotten whom we traced.
    connect(&connection, &AdminConnection::entered, this, [this] {
        if (!std::exchange(m_traced, {}).isEmpty())
            trace(m_trace->isChecked());
    });
    setClient({});
}

TimelineView::~TimelineView() { trace(false); }

void TimelineView::setClient(const QString &id)
{
    if (id == m_feed.id() && !id.isEmpty())
        return;
    m_trace->setChecked(false);
    m_trace->setEnabled(false);
    m_model.setEntries({});
    m_notice->tell(tr("Nothing is known yet"), {});
    m_feed.setId(id);
}

void TimelineView::take(const QJsonObject &timeline)
{
    m_model.setEntries(timeline[u"entries"_s].toArray());
    m_trace->setEnabled(!timeline.contains(u"until"_s));
    m_notice->showContent();
}

void TimelineView::trace(bool isWanted)
{
    const QString client = isWanted ? m_feed.id() : std::exchange(m_traced, {});
    if (client.isEmpty())
        return;
    if (isWanted)
        m_traced = client;
    m_connection.tell(protocol::admin::names::trace, {{u"client"_s, client}, {u"traced"_s, isWanted}});
}

void TimelineView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.setActive(true);
}

void TimelineView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed.setActive(false);
}

} // namespace dialogue::console
