#include "consoleserver.h"
#include "looks.h"
#include "testclasses.h"

#include "console/why/timelineview.h"
#include "console/why/verdictcard.h"
#include "console/why/whydialog.h"

#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 NewYear = 1'767'225'600'000;

QJsonObject verdict(const QString &name, const QString &client, const QJsonObject &evidence)
{
    return {{u"verdict"_s, name}, {u"id"_s, client}, {u"userId"_s, u"ada"_s}, {u"evidence"_s, evidence}};
}

} // namespace

/** Verdicts and timelines, to be looked at. */
class TestWhyLooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { looksTable(); }
    void init() { useLook(); }

    void theQuestion()
    {
        ConsoleServer server;
        Entered owner(server);
        WhyDialog dialog(owner.connection,
                         {.room = u"chat"_s, .event = u"message"_s, .offset = 4711, .time = NewYear});
        QVERIFY(picture(dialog, u"why-question"_s));
    }

    void theAnswers()
    {
        QWidget cards;
        auto *const column = new QVBoxLayout(&cards);
        column->addWidget(new VerdictCard(
            verdict(u"REPLACED"_s, u"7Hq0aVbT3xKe0001"_s, {{u"by"_s, 4713}, {u"time"_s, NewYear}})));
        column->addWidget(
            new VerdictCard(verdict(u"WRITTEN"_s, u"9ZZ0aVbT3xKe0002"_s,
                                    {{u"traced"_s, false}, {u"queuedBytes"_s, 0}, {u"roundTrip"_s, 12.5}})));
        column->addWidget(new VerdictCard(verdict(u"REFUSED"_s, u"1AA0aVbT3xKe0003"_s,
                                                  {{u"step"_s, u"dialogue:join"_s},
                                                   {u"code"_s, u"ROOM_FULL"_s},
                                                   {u"message"_s, u"Room 'chat' is full: it takes 2"_s},
                                                   {u"times"_s, 3}})));
        cards.resize(600, 700);
        QVERIFY(picture(cards, u"why-answers"_s));
    }

    void theTimeline()
    {
        ConsoleServer server;
        Entered owner(server);
        TimelineView view(owner.connection);
        TimelineModel model;
        const auto entry = [](const QString &kind, qint64 second, QJsonObject more) {
            more.insert(u"kind"_s, kind);
            more.insert(u"time"_s, NewYear + second * 1000);
            return more;
        };
        const QString room = u"chat"_s;
        model.setEntries(
            {entry(u"connected"_s, 0, {}),
             entry(u"joined"_s, 1,
                   {{u"room"_s, room}, {u"after"_s, 4700}, {u"subscriptions"_s, QJsonArray{u"*"_s}}}),
             entry(u"refused"_s, 5,
                   {{u"room"_s, u"vip"_s},
                    {u"request"_s, u"dialogue:join"_s},
                    {u"code"_s, u"PERMISSION_DENIED"_s},
                    {u"times"_s, 12}}),
             entry(u"dropped"_s, 9, {{u"room"_s, room}, {u"from"_s, 4711}, {u"to"_s, 4790}}),
             entry(u"replaced"_s, 11,
                   {{u"room"_s, room}, {u"from"_s, 4791}, {u"to"_s, 4791}, {u"by"_s, 4795}}),
             entry(u"disconnected"_s, 20, {{u"reason"_s, u"slow reader"_s}}),
             entry(u"unsent"_s, 20, {{u"room"_s, room}, {u"from"_s, 4796}, {u"to"_s, 4810}})});
        QTableView *const table = view.findChild<QTableView *>();
        table->setModel(&model);
        view.findChild<QStackedLayout *>()->setCurrentIndex(0);
        view.resize(820, 300);
        QVERIFY(picture(view, u"why-timeline"_s));
        QCOMPARE(model.index(2, TimelineModel::Details).data().toString(),
                 u"offset 4,791, the last by 4,795"_s);
        table->setModel(nullptr);
    }
};

DIALOGUE_TEST(TestWhyLooks, QApplication)
#include "tst_whylooks.moc"
