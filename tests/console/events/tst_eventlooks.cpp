#include "console/events/colourrulesdialog.h"
#include "console/events/eventcommands.h"
#include "console/events/eventspage.h"
#include "console/events/eventstatus.h"
#include "console/events/eventtable.h"
#include "console/events/narrowbar.h"
#include "console/events/searchbar.h"
#include "tests/console/support/looks.h"
#include "watchedserver.h"

#include "testclasses.h"

#include <QAction>
#include <QApplication>
#include <QScrollBar>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Pictures of the page of events, in the folder that DIALOGUE_LOOKS names, to be looked at. */
class TestEventLooks : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

private Q_SLOTS:
    void initTestCase_data() { looksTable(); }
    void init() { useLook(); }
    void thePageFits();
    void theColoursFit();
    void aPageWithoutAConnectionFits();
};

namespace {

EventBatch realistic(int events)
{
    const QStringList rooms{u"auction-17"_s, u"auction-204"_s, u"lobby"_s, u"game-7Hq0"_s};
    const QStringList names{u"bid"_s, u"message"_s, u"move"_s, u"typing"_s, u"presence"_s};
    EventBatch batch{.names = rooms + names};
    for (int i = 0; i < 40; ++i)
        batch.names.append(u"u-%1"_s.arg(1000 + i));
    for (int i = 0; i < events; ++i) {
        const int event = i * 7 % 5;
        QByteArray data;
        switch (event) {
        case 0:
            data = "{\"lot\":\"lot-" + QByteArray::number(i % 30)
                + "\",\"price\":" + QByteArray::number(900 + i * 13 % 700)
                + R"(,"currency":"EUR","bidder":{"name":"Ada Lovelace","verified":true}})";
            break;
        case 1:
            data
                = R"({"text":"Does anybody know when the next lot is called? I have to leave at eight.","lang":"en"})";
            break;
        case 2:
            data = "{\"from\":[" + QByteArray::number(i % 8) + ",1],\"to\":[" + QByteArray::number(i % 8)
                + ",3]}";
            break;
        default:
            data = R"({"state":"online"})";
            break;
        }
        EventRecord record{.time = 1'796'026'500'000 + i * 37, .offset = event < 3 ? 48'000 + i : -1};
        record.room = i * 3 % 4;
        record.event = 4 + event;
        record.from = 9 + i * 11 % 40;
        record.place = batch.payloads.size();
        record.length = quint32(data.size());
        record.flags = HasData;
        batch.payloads += data;
        batch.records.push_back(record);
    }
    return batch;
}

} // namespace

void TestEventLooks::thePageFits()
{
    WatchedServer server;
    AdminConnection connection(server.as(u"owner"_s));
    EventsPage page(connection);
    page.resize(1180, 860);
    page.show();
    connection.open();
    QTRY_VERIFY(connection.isIn());
    QVERIFY(picture(page, u"events-idle"_s));
    page.scope().setScope(
        {.rooms = {u"auction-*"_s, u"lobby"_s}, .filter = u"event != \"noise\" && data"_s, .payload = true});
    page.scope().apply();
    QTRY_VERIFY(page.findChild<EventStatus *>()->text().contains(u"Watching"_s));
    QVERIFY(picture(page, u"events-none"_s));
    page.model().append(realistic(120));
    EventBatch gap{.dropped = {.queue = 1234}, .afterLoss = true, .time = 1'796'026'505'000};
    page.model().append(gap);
    page.findChild<EventStatus *>()->see(gap);
    page.model().append(realistic(9));
    page.model().addPointerColumn(u"/price"_s);
    page.model().flush();
    page.findChild<SearchBar *>()->open();
    page.findChild<SearchBar *>()->setText(u"lovelace"_s);
    QVERIFY(page.table().goTo(125));
    QTRY_VERIFY(page.findChild<SearchBar *>()->status().contains(u"found"_s));
    page.findChild<SearchBar *>()->goNext();
    QVERIFY(picture(page, u"events-full"_s));
    page.table().verticalScrollBar()->setValue(3);
    page.commands()[EventCommands::Pause].trigger();
    page.model().append(realistic(5));
    page.model().flush();
    page.scope().filter().setText(u"event = \"bid\""_s);
    page.scope().tellRefusal(u"filter: column 7: what the server says of a filter that is wrong"_s);
    QVERIFY(picture(page, u"events-paused"_s));
    QVERIFY(page.minimumSizeHint().width() <= 900);
}

void TestEventLooks::theColoursFit()
{
    const ColourRules rules({{.text = u"bid"_s, .tone = Tone::Good},
                             {.by = ColourRule::By::Filter, .text = u"data.price > 50"_s, .tone = Tone::Bad},
                             {.text = u"typing"_s, .tone = Tone::Quiet, .paints = ColourRule::Paints::Text}});
    ColourRulesDialog dialog(rules, [] { return FilterVocabulary(); });
    QVERIFY(picture(dialog, u"colours"_s));
    AdminConnection connection(ConsoleServer::as(u"owner"_s, QUrl(u"http://127.0.0.1:1"_s)));
    QSettings settings;
    rules.write(settings);
    EventsPage page(connection);
    page.resize(1180, 700);
    page.model().append(realistic(60));
    page.model().flush();
    QVERIFY(picture(page, u"events-colours"_s));
    ColourRules().write(settings);
}

void TestEventLooks::aPageWithoutAConnectionFits()
{
    AdminConnection connection(ConsoleServer::as(u"owner"_s, QUrl(u"http://127.0.0.1:1"_s)));
    EventsPage page(connection);
    page.resize(1000, 640);
    QVERIFY(picture(page, u"events-offline"_s));
}

DIALOGUE_TEST(TestEventLooks, QApplication)
#include "tst_eventlooks.moc"
