#include "consoleserver.h"
#include "looks.h"
#include "ownsettings.h"
#include "testclasses.h"

#include "console/errors/errorspage.h"

#include <QApplication>
#include <QDateTime>
#include <QSettings>
#include <QSignalSpy>
#include <QTranslator>

using namespace dialogue;
using namespace dialogue::console;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** The page of errors and limits as people see it. */
class TestErrorLooks : public QObject
{
    Q_OBJECT

    const OwnSettings m_settings;

    static QList<RefusalRow> likelyRefusals(qint64 now)
    {
        struct Kind
        {
            const char *code;
            const char *request;
            const char *path;
            const char *message;
        };
        static constexpr Kind Kinds[]{
            {"RATE_LIMITED", "dialogue:trigger", "", "More than 20 events in a second"},
            {"VALIDATION_FAILED", "dialogue:trigger", "data.price",
             "breaks the rule 'minimum' of its schema"},
            {"ROOM_FULL", "dialogue:join", "roomId", "Room 'auction-17' is full"},
            {"UNAUTHORIZED", "connect", "", "The token has expired"},
            {"NOT_IN_ROOM", "dialogue:trigger", "roomId", "You are not in room 'auction-4'"}};
        QList<RefusalRow> rows;
        for (int i = 0; i < 400; ++i) {
            const int which = (i * i + i / 7) % 11;
            const Kind &kind = Kinds[which < 6 ? 0 : which - 6];
            const bool isConnect = QLatin1String(kind.request) == "connect"_L1;
            rows.append({.id = QString::number(i + 1),
                         .number = i + 1,
                         .time = now - (400 - i) * (400 - i) * 5,
                         .code = QString::fromLatin1(kind.code),
                         .request = QString::fromLatin1(kind.request),
                         .room = isConnect ? QString() : u"auction-%1"_s.arg(i % 9),
                         .user = isConnect ? QString() : u"bidder-%1"_s.arg((i * 7) % 23),
                         .address = u"10.0.3.%1"_s.arg(i % 200),
                         .path = QString::fromLatin1(kind.path),
                         .message = QString::fromLatin1(kind.message)});
        }
        return rows;
    }
    static void fill(ErrorsPage &page)
    {
        Q_EMIT page.refusalFeed().rows(likelyRefusals(QDateTime::currentMSecsSinceEpoch()));
        Q_EMIT page.refusalFeed().counted(u"RATE_LIMITED"_s, 4711);
        for (int i = 0; i < 9; ++i) {
            const bool isRoom = i % 3 == 2;
            page.limits().set(isRoom ? LimitsFeed::ofRoom({{u"id"_s, u"auction-%1"_s.arg(i)},
                                                           {u"name"_s, u"Auction %1"_s.arg(i)},
                                                           {u"size"_s, 100 - i * 9},
                                                           {u"maxSize"_s, 100}})
                                     : LimitsFeed::ofClient({{u"id"_s, u"c%1"_s.arg(i)},
                                                             {u"userId"_s, u"bidder-%1"_s.arg(i)},
                                                             {u"queuedBytes"_s, 1'000'000 - i * 110'000},
                                                             {u"roundTrip"_s, 40 + i * i * 30}},
                                                            1'048'576));
        }
        page.limits().flush();
    }

private Q_SLOTS:
    void initTestCase_data() { looksTable(); }
    void init()
    {
        QSettings().clear();
        useLook();
    }

    void isWholeAndReadable_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QSize>("size");
        QTest::newRow("busy") << u"busy"_s << QSize(1400, 850);
        QTest::newRow("small") << u"busy"_s << QSize(900, 620);
        QTest::newRow("german") << u"german"_s << QSize(1400, 850);
        QTest::newRow("mirrored") << u"mirrored"_s << QSize(1400, 850);
        QTest::newRow("empty") << u"empty"_s << QSize(1200, 700);
        QTest::newRow("lost") << u"lost"_s << QSize(1200, 700);
    }
    void isWholeAndReadable()
    {
        QFETCH(QString, state);
        QFETCH(QSize, size);
        QTranslator german;
        if (state == u"german"_s && german.load(u":/translations/dialogue-console_de.qm"_s))
            QCoreApplication::installTranslator(&german);
        auto server = std::make_unique<ConsoleServer>();
        AdminConnection connection(server->as(u"owner"_s));
        ErrorsPage page(connection);
        page.setLayoutDirection(state == u"mirrored"_s ? Qt::RightToLeft : Qt::LeftToRight);
        page.resize(size);
        page.show();
        if (state != u"lost") {
            QSignalSpy listed(&page.refusalFeed(), &RefusalFeed::listed);
            connection.open();
            QTRY_COMPARE(listed.size(), 1);
            QTRY_VERIFY(page.limitsFeed().isComplete());
        }
        if (state != u"lost" && state != u"empty") {
            fill(page);
            QTRY_COMPARE(page.refusals().rowCount(), 400);
            QCOMPARE(page.limits().rowCount(), 9);
        }
        page.refresh();
        QVERIFY(picture(page, u"errors"_s));
        QCoreApplication::removeTranslator(&german);
    }
};

DIALOGUE_TEST(TestErrorLooks, QApplication)
#include "tst_errorlooks.moc"
