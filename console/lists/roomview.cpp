#include "console/lists/roomview.h"

#include "console/lists/listpane.h"
#include "console/lists/listsync.h"
#include "console/lists/rowreader.h"
#include "console/look/fieldlist.h"
#include "console/look/notice.h"
#include "console/look/titlefont.h"
#include "console/look/wording.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int WidestName = 30; // Characters of a column, until somebody widens it.

QString yesOrNo(bool yes) { return yes ? RoomView::tr("yes") : RoomView::tr("no"); }

QList<FieldList::Field> fieldsOfRoom(const QJsonObject &room)
{
    const int most = room[u"maxSize"_s].toInt();
    const QString size = numberText(room[u"size"_s].toInteger());
    return {
        {RoomView::tr("Id"), cellText(room[u"id"_s].toString())},
        {RoomView::tr("Description"),
         room[u"description"_s].toString().isEmpty() ? u"–"_s : cellText(room[u"description"_s].toString())},
        {RoomView::tr("Participants"),
         most > 0 ? RoomView::tr("%1 of %2 at most").arg(size, numberText(most)) : size},
        {RoomView::tr("Declared"),
         room[u"declared"_s].toBool() ? RoomView::tr("in the configuration")
                                      : RoomView::tr("no: somebody created it")},
        {RoomView::tr("Open to all"), yesOrNo(room[u"isOpen"_s].toBool())},
        {RoomView::tr("Last offset"), numberText(room[u"offset"_s].toInteger())},
        {RoomView::tr("Epoch"), cellText(room[u"epoch"_s].toString(u"–"_s))},
        {RoomView::tr("Kept"), bytesText(room[u"keptBytes"_s].toInteger())},
        {RoomView::tr("Can be recovered"),
         RoomView::tr("from offset %1 on").arg(numberText(room[u"completeAfter"_s].toInteger() + 1))},
        {RoomView::tr("Slow readers"), cellText(room[u"slowReader"_s].toString(u"–"_s))},
        {RoomView::tr("Dropped for them"), numberText(room[u"dropped"_s].toInteger())},
        {RoomView::tr("Replaced for them"), numberText(room[u"replaced"_s].toInteger())},
        {RoomView::tr("Subscribed by default"), cellText(room[u"defaultSubscriptions"_s].toArray())}};
}

} // namespace

RoomView::RoomView(AdminConnection &connection, QWidget *parent)
    : QWidget(parent)
    , m_feed(connection, u"room"_s)
    , m_title(new QLabel)
    , m_fields(new FieldList)
    , m_eventList(new QTreeWidget)
    , m_schema(new QPlainTextEdit)
    , m_participants(new ListPane(connection, m_clients, {.what = u"clients"_s},
                                  {.name = u"participants"_s,
                                   .search = tr("Search participants"),
                                   .empty = tr("Nobody is in this room")},
                                  {u"id"_s, u"userId"_s, {}, {}, u"transport"_s, {}, u"rooms"_s}))
    , m_tabs(new QTabWidget)
{
    using Kind = CellDelegate::Kind;
    m_title->setFont(titleFont(m_title->font()));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);

    auto *const scrolled = new QScrollArea;
    auto *const inside = new QWidget;
    auto *const padded = new QVBoxLayout(inside);
    padded->addWidget(m_fields);
    padded->addStretch();
    scrolled->setWidget(inside);
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    m_tabs->addTab(scrolled, tr("Room"));

    m_eventList->setHeaderLabels({tr("Event"), tr("History"), tr("Schema"), tr("Description")});
    m_eventList->setRootIsDecorated(false);
    m_eventList->setUniformRowHeights(true);
    m_eventList->setAccessibleName(tr("Events of the room"));
    m_schema->setReadOnly(true);
    m_schema->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_schema->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_schema->setPlaceholderText(tr("Any data: this event has no schema"));
    m_schema->setAccessibleName(tr("Schema of the event"));
    auto *const events = new QSplitter(Qt::Vertical);
    events->addWidget(m_eventList);
    events->addWidget(m_schema);
    m_tabs->addTab(events, tr("Events"));

    m_participants->table().setColumns({{Kind::Text, 22},
                                        {Kind::Text, 18},
                                        {Kind::YesOrDash, 0},
                                        {Kind::Text, 16},
                                        {Kind::Text, 10},
                                        {Kind::YesOrDash, 0},
                                        {Kind::Number, 0},
                                        {Kind::Duration, 9},
                                        {Kind::Bytes, 9},
                                        {Kind::YesOrDash, 0}});
    keepInStep<ClientRow>(m_participants->feed(), m_clients, &clientRowOf);
    m_tabs->addTab(m_participants, tr("Participants"));
    m_tabs->setDocumentMode(true);

    auto *const content = new QWidget;
    auto *const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_title);
    column->addWidget(m_tabs, 1);
    m_notice = new Notice(content);
    auto *const all = new QVBoxLayout(this);
    all->setContentsMargins(8, 0, 0, 0);
    all->addWidget(m_notice);
    setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    connect(m_eventList, &QTreeWidget::currentItemChanged, this, &RoomView::showSchema);
    connect(&m_participants->table(), &ListTable::rowActivated, this, [this](const QModelIndex &index) {
        Q_EMIT wanted({Place::Page::Clients, index.data(SortedTableModel::IdRole).toString()});
    });
    connect(&m_feed, &DetailsFeed::told, this, &RoomView::take);
    connect(&m_feed, &DetailsFeed::gone, this,
            [this] { m_notice->tell(tr("This room is gone"), cellText(m_feed.id())); });
    setRoom({}, 0);
}

RoomView::~RoomView() { m_participants->table().setModel(nullptr); }

void RoomView::setRoom(const QString &id, int count)
{
    if (id == m_feed.id() && !id.isEmpty())
        return;
    m_description.clear();
    m_feed.setId(id);
    if (id.isEmpty()) {
        m_notice->tell(count > 1 ? tr("%n rooms are selected", nullptr, count) : tr("No room is selected"),
                       count > 1 ? QString()
                                 : tr("Select one to see its events, its limits and who is in it."));
        return;
    }
    m_title->setText(cellText(id));
    m_clients.clear();
    m_participants->setQuery({.what = u"clients"_s, .room = id});
}

QString RoomView::descriptionOf(const QString &id) const
{
    return id == m_feed.id() ? m_description : QString();
}

void RoomView::take(const QJsonObject &room)
{
    const QString name = cellText(room[u"name"_s].toString());
    m_title->setText(name.isEmpty() ? cellText(m_feed.id()) : name);
    m_description = room[u"description"_s].toString();
    m_fields->setFields(fieldsOfRoom(room));
    showEvents(room[u"events"_s].toArray());
    m_tabs->setTabText(1, tr("Events (%1)").arg(numberText(m_events.size())));
    m_tabs->setTabText(2, tr("Participants (%1)").arg(numberText(room[u"size"_s].toInteger())));
    m_notice->showContent();
}

void RoomView::showEvents(const QJsonArray &events)
{
    if (m_events == events)
        return;
    m_events = events;
    m_eventList->clear();
    for (const QJsonValue &each : events) {
        const int kept = each[u"history"_s].toInt();
        auto *const item = new QTreeWidgetItem(m_eventList,
                                               {cellText(each[u"name"_s].toString()),
                                                each[u"ephemeral"_s].toBool() ? tr("not kept")
                                                    : kept > 0 ? tr("the last %1").arg(numberText(kept))
                                                               : u"–"_s,
                                                each[u"schema"_s].isObject() ? tr("yes") : u"–"_s,
                                                cellText(each[u"description"_s].toString())});
        item->setToolTip(3, item->text(3).toHtmlEscaped());
    }
    const int widest = fontMetrics().averageCharWidth() * WidestName;
    for (int column = 0; column < 3; ++column) {
        m_eventList->resizeColumnToContents(column);
        m_eventList->setColumnWidth(column, std::min(m_eventList->columnWidth(column), widest));
    }
    m_eventList->setCurrentItem(m_eventList->topLevelItem(0));
    showSchema();
}

void RoomView::showSchema()
{
    const int row = m_eventList->indexOfTopLevelItem(m_eventList->currentItem());
    const QJsonObject schema = row < 0 ? QJsonObject() : m_events.at(row)[u"schema"_s].toObject();
    m_schema->setPlainText(
        schema.isEmpty() ? QString() : foreignLines(QString::fromUtf8(QJsonDocument(schema).toJson())));
}

void RoomView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.setActive(true);
}

void RoomView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed.setActive(false);
}

} // namespace dialogue::console
