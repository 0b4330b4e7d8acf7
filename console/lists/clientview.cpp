#include "console/lists/clientview.h"

#include "console/lists/rowreader.h"
#include "console/look/fieldlist.h"
#include "console/look/notice.h"
#include "console/look/titlefont.h"
#include "console/look/wording.h"
#include "console/why/timelineview.h"

#include <QFontDatabase>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QString textOr(const QJsonValue &value, const QString &otherwise)
{
    const QString text = value.toString();
    return text.isEmpty() ? otherwise : cellText(text);
}

QList<FieldList::Field> fieldsOfClient(const QJsonObject &client)
{
    const QString dash = u"–"_s;
    const bool isVerified = client[u"verified"_s].toBool();
    return {
        {ClientView::tr("Id"), textOr(client[u"id"_s], dash)},
        {ClientView::tr("User"),
         isVerified ? ClientView::tr("%1 (verified)").arg(textOr(client[u"userId"_s], dash))
                    : ClientView::tr("%1 (as it says itself)").arg(textOr(client[u"userId"_s], dash))},
        {ClientView::tr("Roles"), cellText(client[u"roles"_s].toArray())},
        {ClientView::tr("Address"), textOr(client[u"address"_s], dash)},
        {ClientView::tr("Transport"),
         client[u"secure"_s].toBool()
             ? ClientView::tr("%1, over TLS").arg(textOr(client[u"transport"_s], dash))
             : textOr(client[u"transport"_s], dash)},
        {ClientView::tr("Round trip"),
         client[u"roundTrip"_s].isDouble() ? durationText(client[u"roundTrip"_s].toDouble()) : dash},
        {ClientView::tr("Waits to be sent"), bytesText(client[u"queuedBytes"_s].toInteger())},
        {ClientView::tr("Recovered"),
         client[u"recovered"_s].toBool() ? ClientView::tr("yes: it came back, and missed nothing") : dash}};
}

enum Tab { ClientTab, RoomsTab, TimelineTab, HeadersTab, MetaTab };

QWidget *padded(QWidget *content)
{
    auto *const outside = new QWidget;
    auto *const column = new QVBoxLayout(outside);
    column->addWidget(content);
    column->addStretch();
    return outside;
}

} // namespace

ClientView::ClientView(AdminConnection &connection, QWidget *parent)
    : QWidget(parent)
    , m_feed(connection, u"client"_s)
    , m_title(new QLabel)
    , m_fields(new FieldList)
    , m_roomList(new QTreeWidget)
    , m_headers(new FieldList)
    , m_meta(new QPlainTextEdit)
    , m_timeline(new TimelineView(connection))
    , m_tabs(new QTabWidget)
{
    m_title->setFont(titleFont(m_title->font()));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_roomList->setHeaderLabels({tr("Room"), tr("Subscribed to")});
    m_roomList->setRootIsDecorated(false);
    m_roomList->setUniformRowHeights(true);
    m_roomList->setAccessibleName(tr("Rooms of the client"));
    m_meta->setReadOnly(true);
    m_meta->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_meta->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_meta->setAccessibleName(tr("What the application keeps with the client"));
    m_tabs->addTab(padded(m_fields), tr("Client"));
    m_tabs->addTab(m_roomList, tr("Rooms"));
    m_tabs->addTab(m_timeline, tr("Timeline"));
    m_tabs->addTab(padded(m_headers), tr("Headers"));
    m_tabs->addTab(m_meta, tr("Meta"));
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
    connect(m_roomList, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        Q_EMIT wanted({Place::Page::Rooms, item->data(0, Qt::UserRole).toString()});
    });
    connect(&m_feed, &DetailsFeed::told, this, &ClientView::take);
    connect(&m_feed, &DetailsFeed::gone, this, &ClientView::takeGone);
    setClient({}, 0);
}

void ClientView::setClient(const QString &id, int count)
{
    if (id == m_feed.id() && !id.isEmpty())
        return;
    m_rooms.clear();
    m_feed.setId(id);
    m_timeline->setClient(id);
    if (id.isEmpty()) {
        m_notice->tell(
            count > 1 ? tr("%n clients are selected", nullptr, count) : tr("No client is selected"),
            count > 1 ? QString() : tr("Select one to see who it is, its rooms and how well it reads."));
        return;
    }
}

void ClientView::take(const QJsonObject &client)
{
    const QString user = cellText(client[u"userId"_s].toString());
    m_title->setText(user.isEmpty() ? cellText(m_feed.id()) : user);
    m_fields->setFields(fieldsOfClient(client));
    showRooms(client[u"rooms"_s].toArray());
    m_tabs->setTabText(RoomsTab, tr("Rooms (%1)").arg(numberText(m_subscriptions.size())));
    const QJsonObject headers = client[u"headers"_s].toObject();
    QList<FieldList::Field> shown;
    for (auto each = headers.begin(); each != headers.end(); ++each)
        shown.append({cellText(each.key()), cellText(each->toString())});
    m_headers->setFields(shown);
    m_tabs->setTabVisible(ClientTab, true);
    m_tabs->setTabVisible(RoomsTab, true);
    m_tabs->setTabVisible(HeadersTab, !shown.isEmpty());
    const QJsonValue meta = client[u"meta"_s];
    m_tabs->setTabVisible(MetaTab, meta.isObject());
    const QString text = foreignLines(QString::fromUtf8(QJsonDocument(meta.toObject()).toJson()));
    if (m_meta->toPlainText() != text)
        m_meta->setPlainText(text);
    m_notice->showContent();
}

void ClientView::takeGone()
{
    m_title->setText(tr("This client is gone: %1").arg(cellText(m_feed.id())));
    for (const int tab : {ClientTab, RoomsTab, HeadersTab, MetaTab})
        m_tabs->setTabVisible(tab, false);
    m_tabs->setCurrentIndex(TimelineTab);
    m_notice->showContent();
}

void ClientView::showRooms(const QJsonArray &rooms)
{
    if (rooms == m_subscriptions && !m_rooms.isEmpty())
        return;
    m_subscriptions = rooms;
    m_rooms.clear();
    m_roomList->clear();
    for (const QJsonValue &each : rooms) {
        const QString id = each[u"id"_s].toString();
        auto *const item
            = new QTreeWidgetItem(m_roomList, {cellText(id), cellText(each[u"subscriptions"_s].toArray())});
        item->setData(0, Qt::UserRole, id);
        m_rooms.append(id);
    }
    m_roomList->resizeColumnToContents(0);
}

void ClientView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_feed.setActive(true);
}

void ClientView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed.setActive(false);
}

} // namespace dialogue::console
