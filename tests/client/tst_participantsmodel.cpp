#include "tests/client/support/await.h"
#include "tests/client/support/modelrows.h"
#include "tests/client/support/scriptedserver.h"

#include "client/participantsmodel.h"
#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** The list of who is in a room, against a server that says what the test says. */
class TestParticipantsModel : public QObject
{
    Q_OBJECT

    using AckId = ScriptedServer::AckId;

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<DialogueClient> m_client;
    QList<QPair<QJsonObject, AckId>> m_asked; ///< For participants.
    RoomContext *m_room = nullptr;

    static QJsonArray users(const QStringList &names)
    {
        QJsonArray users;
        for (const QString &name : names)
            users.append(QJsonObject{{u"userId"_s, name}, {u"connections"_s, 1}});
        return users;
    }
    void answer(qsizetype index, int rev, const QStringList &names, const QString &next = {})
    {
        QJsonObject page{{u"roomId"_s, u"lab"_s},
                         {u"rev"_s, rev},
                         {u"users"_s, names.size()},
                         {u"connections"_s, names.size()},
                         {u"participants"_s, users(names)}};
        if (!next.isEmpty())
            page.insert(u"next"_s, next);
        m_server->ack(m_asked.at(index).second, page);
    }
    void refuse(qsizetype index, const QByteArray &code, const QJsonObject &more = {})
    {
        m_server->refuse(m_asked.at(index).second, code, more);
    }
    void tell(int rev, const QString &name, int connections)
    {
        m_server->emitEvent(
            u"dialogue:presence"_s,
            {{u"roomId"_s, u"lab"_s},
             {u"rev"_s, rev},
             {u"users"_s, 1},
             {u"connections"_s, 1},
             {u"changes"_s, QJsonArray{QJsonObject{{u"userId"_s, name}, {u"connections"_s, connections}}}}});
    }

private Q_SLOTS:
    void init()
    {
        m_asked.clear();
        m_server = std::make_unique<ScriptedServer>();
        m_server->answer = [this](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:participants") {
                m_asked.append({payload, id});
                return;
            }
            if (name != u"dialogue:join")
                return;
            const QJsonObject joined{{u"roomId"_s, u"lab"_s},
                                     {u"roomName"_s, u"Lab"_s},
                                     {u"epoch"_s, u"e"_s},
                                     {u"offset"_s, 0},
                                     {u"presence"_s, u"users"_s}};
            m_server->emitEvent(u"dialogue:joined"_s, joined);
            m_server->ack(id, joined);
        };
        m_client = m_server->client();
        const auto joined = await(m_client->join(u"lab"_s));
        QVERIFY(joined);
        m_room = *joined;
        QCOMPARE(m_room->presence(), Presence::Users);
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void showsWhoIsThere()
    {
        ParticipantsModel model(m_room);
        const QAbstractItemModelTester tester(&model);
        QSignalSpy counts(&model, &ParticipantsModel::countsChanged);
        QTRY_COMPARE(m_asked.size(), 1);
        QCOMPARE(m_asked[0].first, (QJsonObject{{u"roomId"_s, u"lab"_s}}));
        answer(0, 3, {u"bob"_s, u"eve"_s});
        QTRY_COMPARE(rowsOf(model), (QStringList{u"bob"_s, u"eve"_s}));
        QCOMPARE(model.users(), 2);
        QCOMPARE(counts.count(), 1);
        tell(4, u"ann"_s, 1);
        QTRY_COMPARE(rowsOf(model), (QStringList{u"ann"_s, u"bob"_s, u"eve"_s}));
        QCOMPARE(model.users(), 1); // As the server says.
        tell(5, u"bob"_s, 0);
        QTRY_COMPARE(rowsOf(model), (QStringList{u"ann"_s, u"eve"_s}));
        tell(6, u"eve"_s, 2);
        QTRY_COMPARE(model.index(1).data(ParticipantsModel::ConnectionsRole).toInt(), 2);
        QCOMPARE(m_room->participants().size(), 2);
    }

    void aSecondOneShowsTheSame()
    {
        const ParticipantsModel first(m_room);
        QTRY_COMPARE(m_asked.size(), 1);
        answer(0, 3, {u"bob"_s});
        QTRY_COMPARE(first.rowCount(), 1);
        const ParticipantsModel second(m_room);
        QCOMPARE(rowsOf(second), QStringList{u"bob"_s});
        QVERIFY(await(m_room->watchParticipants()));
        QCOMPARE(m_asked.size(), 1);
    }

    void asksPageByPage()
    {
        const ParticipantsModel model(m_room);
        QTRY_COMPARE(m_asked.size(), 1);
        answer(0, 3, {u"ann"_s, u"bob"_s}, u"bob"_s);
        QTRY_COMPARE(m_asked.size(), 2);
        QCOMPARE(m_asked[1].first.value(u"after"_s).toString(), u"bob"_s);
        QCOMPARE(model.rowCount(), 0);
        answer(1, 3, {u"eve"_s});
        QTRY_COMPARE(rowsOf(model), (QStringList{u"ann"_s, u"bob"_s, u"eve"_s}));
    }

    void asksAnewWhereANoticeIsMissing()
    {
        const ParticipantsModel model(m_room);
        QTRY_COMPARE(m_asked.size(), 1);
        answer(0, 3, {u"bob"_s});
        QTRY_COMPARE(model.rowCount(), 1);
        tell(5, u"eve"_s, 1);
        QTRY_COMPARE(m_asked.size(), 2);
        QVERIFY(!m_asked[1].first.contains(u"after"_s));
        QCOMPARE(rowsOf(model), QStringList{u"bob"_s}); // Until it is known.
        answer(1, 5, {u"ann"_s, u"eve"_s});
        QTRY_COMPARE(rowsOf(model), (QStringList{u"ann"_s, u"eve"_s}));
    }

    void asksAnewOverANewConnection()
    {
        const ParticipantsModel model(m_room);
        QTRY_COMPARE(m_asked.size(), 1);
        answer(0, 3, {u"bob"_s});
        QTRY_COMPARE(model.rowCount(), 1);
        m_server->cut();
        QTRY_COMPARE(m_asked.size(), 2);
        answer(1, 1, {u"ann"_s});
        QTRY_COMPARE(rowsOf(model), QStringList{u"ann"_s});
    }

    void doesNotTakeAnAnswerOfBefore()
    {
        const ParticipantsModel model(m_room);
        QTRY_COMPARE(m_asked.size(), 1);
        answer(0, 3, {u"ann"_s, u"bob"_s}, u"bob"_s);
        QTRY_COMPARE(m_asked.size(), 2);
        m_server->cut(); // While the second page is asked for.
        QTRY_VERIFY(m_asked.size() > 2);
        answer(m_asked.size() - 1, 1, {u"zoe"_s});
        const auto last = m_asked.size();
        (void)QTest::qWaitFor([&] { return m_asked.size() > last || model.rowCount() > 0; }, 5000);
        if (m_asked.size() > last)
            answer(last, 1, {u"zoe"_s});
        QTRY_COMPARE(rowsOf(model), QStringList{u"zoe"_s});
    }

    void waitsWhereItIsToldToAndSaysWhatIsRefused()
    {
        auto watching = m_room->watchParticipants();
        QTRY_COMPARE(m_asked.size(), 1);
        refuse(0, "RATE_LIMITED", {{u"retryAfter"_s, 1}});
        QTRY_COMPARE(m_asked.size(), 2);
        refuse(1, "PERMISSION_DENIED");
        const auto outcome = await(watching);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::PermissionDenied);
        watching = m_room->watchParticipants(); // It may be declared anew.
        QTRY_COMPARE(m_asked.size(), 3);
        answer(2, 1, {u"ann"_s});
        QVERIFY(await(watching));
    }

    void isEmptyOnceTheRoomIsLeft()
    {
        const ParticipantsModel model(m_room);
        const auto waiting = m_room->watchParticipants();
        QTRY_COMPARE(m_asked.size(), 1);
        QTRY_VERIFY(model.rowCount() == 0);
        m_room->leave();
        const auto outcome = await(waiting);
        QVERIFY(!outcome);
        QTRY_COMPARE(model.users(), 0);
        QCOMPARE(model.rowCount(), 0);
    }
};

DIALOGUE_TEST(TestParticipantsModel, QCoreApplication)
#include "tst_participantsmodel.moc"
