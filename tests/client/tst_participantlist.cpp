#include "client/presence/participantlist.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace Qt::StringLiterals;

/** Who is in a room, by pages and notices that come in between. */
class TestParticipantList : public QObject
{
    Q_OBJECT

    using Outcome = ParticipantList::Outcome;
    using Users = QList<protocol::PresentUser>;

    static protocol::ParticipantsPage page(quint64 rev, const Users &users, const QString &next = {})
    {
        return {.roomId = u"chat"_s,
                .rev = rev,
                .counts = {.users = 9, .connections = 10},
                .users = users,
                .next = next};
    }
    static protocol::PresenceNotice notice(quint64 rev, const Users &changes)
    {
        return {.roomId = u"chat"_s,
                .rev = rev,
                .counts = protocol::PresenceCounts{.users = 7, .connections = 8},
                .changes = changes};
    }
    static QStringList names(const ParticipantList &list)
    {
        QStringList names;
        for (const Participant &participant : list.participants())
            names.append(participant.connections == 1
                             ? participant.userId
                             : participant.userId + QString::number(participant.connections));
        return names;
    }

private Q_SLOTS:
    void isThereWhenTheLastPageIs()
    {
        ParticipantList list;
        list.restart();
        QCOMPARE(list.take(page(5, {{u"ann"_s, 1}, {u"bob"_s, 2}}, u"bob"_s)), Outcome::Continues);
        QCOMPARE(list.after(), u"bob"_s);
        QVERIFY(list.participants().isEmpty());
        QCOMPARE(list.take(page(5, {{u"eve"_s, 1}})), Outcome::Complete);
        QCOMPARE(names(list), (QStringList{u"ann"_s, u"bob2"_s, u"eve"_s}));
        QCOMPARE(list.counts().users, 9);
    }

    void followsNotices()
    {
        ParticipantList list;
        QCOMPARE(list.take(notice(1, {{u"early"_s, 1}})), Outcome::Ignored); // Nobody asked.
        list.restart();
        QCOMPARE(list.take(notice(5, {{u"early"_s, 1}})), Outcome::Ignored); // The first page has it.
        QCOMPARE(list.take(page(5, {{u"bob"_s, 1}, {u"eve"_s, 1}})), Outcome::Complete);
        QCOMPARE(list.take(notice(6, {{u"ann"_s, 1}, {u"bob"_s, 0}, {u"eve"_s, 3}, {u"nobody"_s, 0}})),
                 Outcome::Changed);
        QCOMPARE(names(list), (QStringList{u"ann"_s, u"eve3"_s}));
        QCOMPARE(list.counts(), (protocol::PresenceCounts{.users = 7, .connections = 8}));
    }

    void noticesASeriesThatIsBroken_data()
    {
        QTest::addColumn<quint64>("rev");
        QTest::addColumn<bool>("withCounts");
        QTest::newRow("one is missing") << quint64(7) << true;
        QTest::newRow("the same again") << quint64(5) << true;
        QTest::newRow("one that says so") << quint64(6) << false;
    }
    void noticesASeriesThatIsBroken()
    {
        QFETCH(quint64, rev);
        QFETCH(bool, withCounts);
        ParticipantList list;
        list.restart();
        QCOMPARE(list.take(page(5, {{u"ann"_s, 1}})), Outcome::Complete);
        protocol::PresenceNotice next = notice(rev, {{u"bob"_s, 1}});
        if (!withCounts)
            next.counts.reset();
        QCOMPARE(list.take(next), Outcome::Missed);
        QCOMPARE(names(list), QStringList{u"ann"_s}); // Better than nothing.
        QCOMPARE(list.take(notice(rev + 1, {{u"eve"_s, 1}})), Outcome::Ignored);
        list.restart();
        QCOMPARE(list.take(page(9, {{u"eve"_s, 1}})), Outcome::Complete);
        QCOMPARE(names(list), QStringList{u"eve"_s});
    }

    void whatComesLastOfAUserHoldsBetweenPages()
    {
        ParticipantList list;
        list.restart();
        QCOMPARE(list.take(page(5, {{u"ann"_s, 1}, {u"bob"_s, 1}}, u"bob"_s)), Outcome::Continues);
        // Some are of the page that has come, some of the next one.
        QCOMPARE(list.take(notice(6, {{u"ann"_s, 0}, {u"aron"_s, 1}, {u"eve"_s, 1}, {u"zoe"_s, 1}})),
                 Outcome::Ignored);
        QCOMPARE(list.take(notice(7, {{u"eve"_s, 0}})), Outcome::Ignored);
        QCOMPARE(list.take(page(7, {{u"fay"_s, 1}, {u"zoe"_s, 2}})), Outcome::Complete);
        QCOMPARE(names(list), (QStringList{u"aron"_s, u"bob"_s, u"fay"_s, u"zoe2"_s}));
    }

    void aPageOfAnotherRevIsOneThatMissedSomething()
    {
        ParticipantList list;
        list.restart();
        QCOMPARE(list.take(page(5, {{u"ann"_s, 1}}, u"ann"_s)), Outcome::Continues);
        QCOMPARE(list.take(page(6, {{u"bob"_s, 1}})), Outcome::Missed);
        QVERIFY(list.participants().isEmpty());
    }

    void pagesThatGoBackEnd()
    {
        ParticipantList list;
        list.restart();
        QCOMPARE(list.take(page(5, {{u"bob"_s, 1}}, u"bob"_s)), Outcome::Continues);
        QCOMPARE(list.take(page(5, {{u"bob"_s, 1}}, u"bob"_s)), Outcome::Missed);
    }
};

DIALOGUE_TEST(TestParticipantList, NoApplication)
#include "tst_participantlist.moc"
