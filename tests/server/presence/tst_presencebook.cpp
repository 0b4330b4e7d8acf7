#include "server/presence/presencebook.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Who is in a room, and what of it has yet to be told. */
class TestPresenceBook : public QObject
{
    Q_OBJECT

    static constexpr qint64 Plenty = 1 << 20;

    static QMap<QString, int> usersIn(const QByteArray &array)
    {
        QMap<QString, int> users;
        const QJsonArray all = QJsonDocument::fromJson(array).array();
        for (const QJsonValue &user : all)
            users.insert(user[u"userId"_s].toString(), user[u"connections"_s].toInt());
        return users;
    }
    static QMap<QString, int> all(const PresenceBook &book)
    {
        return usersIn(book.page({}, 1'000'000, Plenty).users);
    }
    using Users = QMap<QString, int>;

private Q_SLOTS:
    void countsUsersAndConnectionsApart()
    {
        PresenceBook book;
        book.enter(u"ann"_s);
        book.enter(u"ann"_s);
        book.enter(u"bob"_s);
        QCOMPARE(book.counts(), (protocol::PresenceCounts{.users = 2, .connections = 3}));
        book.leave(u"ann"_s);
        QCOMPARE(book.counts(), (protocol::PresenceCounts{.users = 2, .connections = 2}));
        book.leave(u"ann"_s);
        book.leave(u"ann"_s); // Who is not there does not leave.
        book.leave(u"nobody"_s);
        QCOMPARE(book.counts(), (protocol::PresenceCounts{.users = 1, .connections = 1}));
    }

    void tellsEachChangedUserOnce()
    {
        PresenceBook book;
        book.enter(u"bob"_s);
        book.enter(u"ann"_s);
        book.enter(u"ann"_s);
        QCOMPARE(book.takeChanges(Plenty),
                 R"([{"userId":"bob","connections":1},{"userId":"ann","connections":2}])");
        QVERIFY(!book.hasChanges());
        book.leave(u"bob"_s);
        QCOMPARE(usersIn(book.takeChanges(Plenty)), (Users{{u"bob"_s, 0}}));
        QCOMPARE(all(book), (Users{{u"ann"_s, 2}}));
    }

    void tellsNothingOfWhoComesAndGoesMeanwhile()
    {
        PresenceBook book;
        book.enter(u"ann"_s);
        book.settle();
        const qint64 before = book.bytes();
        book.enter(u"bob"_s);
        book.leave(u"bob"_s);
        book.leave(u"ann"_s);
        book.enter(u"ann"_s);
        QVERIFY(!book.hasChanges());
        QCOMPARE(book.takeChanges(Plenty), "[]");
        QCOMPARE(book.bytes(), before);
    }

    void itsPagesAreAsWasTold()
    {
        PresenceBook book;
        book.enter(u"ann"_s);
        book.enter(u"bob"_s);
        book.settle();
        book.enter(u"eve"_s);
        book.enter(u"bob"_s);
        book.leave(u"ann"_s);
        QCOMPARE(all(book), (Users{{u"ann"_s, 1}, {u"bob"_s, 1}}));
        book.settle();
        QCOMPARE(all(book), (Users{{u"bob"_s, 2}, {u"eve"_s, 1}}));
    }

    void comesInPages_data()
    {
        QTest::addColumn<int>("most");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("of so many") << 7 << Plenty;
        QTest::newRow("of so many bytes") << 1000 << qint64(200);
        QTest::newRow("of one at least") << 1000 << qint64(1);
    }
    void comesInPages()
    {
        QFETCH(int, most);
        QFETCH(qint64, bytes);
        PresenceBook book;
        for (int i = 0; i < 100; ++i)
            book.enter(u"user %1"_s.arg(i));
        book.settle();
        QMap<QString, int> seen;
        QString after;
        int pages = 0;
        do {
            const PresenceBook::Page page = book.page(after, most, bytes);
            const QMap<QString, int> users = usersIn(page.users);
            QVERIFY(!users.isEmpty());
            QVERIFY(users.size() <= most);
            QVERIFY(page.users.size() <= bytes || users.size() == 1);
            QVERIFY(users.firstKey() > after);
            seen.insert(users);
            after = page.next;
            ++pages;
        } while (!after.isEmpty());
        QCOMPARE(seen.size(), 100);
        QVERIFY(pages > 1);
    }

    void tellsNoMoreThanHasRoomAndTheOldestFirst()
    {
        PresenceBook book;
        for (int i = 0; i < 100; ++i)
            book.enter(u"user %1"_s.arg(99 - i));
        QMap<QString, int> told;
        int times = 0;
        for (; book.hasChanges(); ++times) {
            const QByteArray changes = book.takeChanges(200);
            QVERIFY(changes.size() <= 200);
            if (times == 0)
                QVERIFY(changes.startsWith(R"([{"userId":"user 99")"));
            told.insert(usersIn(changes));
            QCOMPARE(all(book), told);
        }
        QCOMPARE(told.size(), 100);
        QVERIFY(times > 10);
    }

    /** Whoever took a page, and what was told since, knows what there is. */
    void neverLeavesAnybodyWithAnotherPicture()
    {
        QRandomGenerator random(7);
        PresenceBook book;
        QMap<QString, int> there;
        QMap<QString, int> known;
        for (int step = 0; step < 20000; ++step) {
            const QString user = QString::number(random.bounded(40));
            switch (random.bounded(20)) {
            case 0:
                known.insert(usersIn(book.takeChanges(random.bounded(10, 300))));
                break;
            case 1:
                known = all(book);
                break;
            default:
                if (random.bounded(2) == 0) {
                    book.enter(user);
                    ++there[user];
                } else if (there.value(user) > 0) {
                    book.leave(user);
                    --there[user];
                }
            }
        }
        known.insert(usersIn(book.takeChanges(Plenty)));
        known.removeIf([](const auto &user) { return user.value() == 0; });
        there.removeIf([](const auto &user) { return user.value() == 0; });
        QCOMPARE(known, there);
        QCOMPARE(book.counts().users, there.size());
        for (auto user = there.cbegin(); user != there.cend(); ++user) {
            for (int i = 0; i < user.value(); ++i)
                book.leave(user.key());
        }
        book.settle();
        QVERIFY(book.isEmpty());
        QCOMPARE(book.bytes(), 0);
    }
};

DIALOGUE_TEST(TestPresenceBook, NoApplication)
#include "tst_presencebook.moc"
