#include "server/admin/refusallog.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** What clients were refused, and who gets to see it. */
class TestRefusalLog : public QObject
{
    Q_OBJECT

    static RefusalEntry entry(ErrorCode code, const QString &room = {}, const QString &user = u"ada"_s)
    {
        return {.time = 1,
                .code = code,
                .message = u"Not like this"_s,
                .request = u"dialogue:trigger"_s,
                .room = room,
                .user = user,
                .address = u"10.0.0.1"_s,
                .client = u"c-1"_s};
    }
    static Account account(AdminRole role = AdminRole::Operator, const QStringList &rooms = {u"*"_s})
    {
        return {.name = u"otto"_s, .role = role, .rooms = rooms};
    }
    static QStringList codesOf(const QJsonArray &rows)
    {
        QStringList codes;
        for (const QJsonValue &row : rows)
            codes.append(row[u"code"].toString());
        return codes;
    }

private Q_SLOTS:
    void theNewestComeFirstPageByPageWhateverTheirCode()
    {
        RefusalLog log("salt");
        std::vector<RefusalEntry> entries;
        for (int i = 0; i < 7; ++i)
            entries.push_back(entry(i % 2 == 0 ? ErrorCode::RoomFull : ErrorCode::RateLimited));
        log.add(entries);
        QList<int> numbers;
        quint64 before = 0;
        do {
            const RefusalLog::Page page = log.page(before, 3, {}, {}, account());
            for (const QJsonValue &row : page.rows)
                numbers.append(row[u"number"].toInt());
            before = page.next;
        } while (before > 0);
        QCOMPARE(numbers, (QList<int>{7, 6, 5, 4, 3, 2, 1}));
        QCOMPARE(entries.back().number, quint64(7));
    }

    void aFloodOfOneCodeLeavesTheOthers()
    {
        RefusalLog log("salt");
        std::vector<RefusalEntry> rare{entry(ErrorCode::RoomFull)};
        log.add(rare);
        std::vector<RefusalEntry> flood(3 * RefusalLog::MostOfACode, entry(ErrorCode::RateLimited));
        log.add(flood);
        QCOMPARE(log.page(0, 500, u"room_full"_s, {}, account()).rows.size(), 1);
        QCOMPARE(log.page(0, 5000, {}, {}, account()).rows.size(), qsizetype(RefusalLog::MostOfACode) + 1);
    }

    void whatIsKeptOfLargeOnesIsBounded()
    {
        RefusalLog log("salt");
        RefusalEntry large = entry(ErrorCode::RoomFull);
        large.message = large.path = large.room = QString(5'000, u'x');
        std::vector<RefusalEntry> many(RefusalLog::MostOfACode, large);
        log.add(many);
        const qsizetype kept = log.page(0, 5000, {}, {}, account()).rows.size();
        QVERIFY(kept > 0);
        QVERIFY(kept * large.bytes() <= RefusalLog::MostBytes);
        QVERIFY((kept + 1) * large.bytes() > RefusalLog::MostBytes);
    }

    void anAccountOfSomeRoomsSeesWhatWasRefusedThere()
    {
        RefusalLog log("salt");
        std::vector<RefusalEntry> entries{entry(ErrorCode::Unauthorized),
                                          entry(ErrorCode::RoomFull, u"game-1"_s),
                                          entry(ErrorCode::JoinDenied, u"chat"_s)};
        log.add(entries);
        const Account some = account(AdminRole::Operator, {u"game-*"_s});
        QCOMPARE(codesOf(log.page(0, 10, {}, {}, some).rows), QStringList{u"ROOM_FULL"_s});
        QCOMPARE(codesOf(log.page(0, 10, {}, {.rooms = {u"chat"_s}}, account()).rows),
                 QStringList{u"JOIN_DENIED"_s});
        QCOMPARE(codesOf(log.page(0, 10, {}, {.codes = {ErrorCode::Unauthorized}}, account()).rows),
                 QStringList{u"UNAUTHORIZED"_s});
    }

    void ofWhatIsCountedAloneOnlyWhoSeesAllLearns()
    {
        const RefusalScope some{.codes = {ErrorCode::RoomFull}};
        QVERIFY(some.isFor(ErrorCode::RoomFull, account()));
        QVERIFY(!some.isFor(ErrorCode::RateLimited, account()));
        QVERIFY(!some.isFor(ErrorCode::RoomFull, account(AdminRole::Owner, {u"game-*"_s})));
    }

    void aViewerSeesNeitherUsersNorWords()
    {
        RefusalLog log("salt");
        std::vector<RefusalEntry> entries{entry(ErrorCode::RoomFull, u"chat"_s)};
        log.add(entries);
        const Account viewer = account(AdminRole::Viewer);
        const QJsonObject row = log.page(0, 10, {}, {}, viewer).rows[0].toObject();
        QCOMPARE(row[u"code"_s].toString(), u"ROOM_FULL"_s);
        QVERIFY(!row.contains(u"message"_s));
        QVERIFY(row[u"user"_s].toString() != u"ada");
        QVERIFY(row[u"address"_s].toString() != u"10.0.0.1");
        QCOMPARE(log.page(0, 10, u"ada"_s, {}, viewer).rows.size(), 0);
        QCOMPARE(log.page(0, 10, u"ada"_s, {}, account()).rows.size(), 1);
        QCOMPARE(log.page(0, 10, row[u"user"_s].toString(), {}, viewer).rows.size(), 1);
    }
};

DIALOGUE_TEST(TestRefusalLog, QCoreApplication)
#include "tst_refusallog.moc"
