#include "adminconsole.h"
#include "dialoguetest.h"

#include "testclasses.h"

#include <QFile>
#include <QTemporaryDir>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** What requests in /admin are taken for, and what they are not. */
class TestAdminRequests : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /** Not by a password, which is meant to take long. */
    ServerConfig guarded() const
    {
        ServerConfig with = config(0);
        with.admin.generateToken = true;
        with.admin.tokenFile = m_folder.filePath(u"token"_s);
        return with;
    }
    QJsonObject asOwner() const
    {
        QFile file(m_folder.filePath(u"token"_s));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("there is no token");
        return {{u"token"_s, QString::fromLatin1(file.readAll().trimmed())}};
    }
    /** Of one id, which is said by who wants another. */
    static QJsonObject acting(const QString &action, const QJsonObject &args, const QJsonObject &more = {})
    {
        QJsonObject request{{u"id"_s, u"one"_s}, {u"action"_s, action}, {u"args"_s, args}};
        for (auto member = more.begin(); member != more.end(); ++member)
            request.insert(member.key(), member.value());
        return request;
    }

private Q_SLOTS:
    void whatIsNullIsNotAsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QJsonObject>("request");
        QTest::addColumn<QString>("path");
        const QJsonObject ada{{u"userId"_s, u"ada"_s}};
        const QJsonObject ofAll{{u"where"_s, u"id"_s}, {u"expect"_s, 9}};
        const auto with = [](QJsonObject object, const QString &name, const QJsonValue &value) {
            object.insert(name, value);
            return object;
        };
        const auto null = QJsonValue(QJsonValue::Null);
        const QByteArray act = "admin:do";
        QTest::newRow("where") << act << acting(u"banUser"_s, ada, {{u"where"_s, null}}) << u"where"_s;
        QTest::newRow("expect") << act << acting(u"banUser"_s, ada, {{u"expect"_s, null}}) << u"expect"_s;
        QTest::newRow("each") << act << acting(u"banUser"_s, ada, {{u"each"_s, null}}) << u"each"_s;
        QTest::newRow("dryRun") << act << acting(u"banUser"_s, ada, {{u"dryRun"_s, null}}) << u"dryRun"_s;
        QTest::newRow("the room of a ban")
            << act << acting(u"banUser"_s, with(ada, u"roomId"_s, null)) << u"args.roomId"_s;
        QTest::newRow("how long a ban is")
            << act << acting(u"banUser"_s, with(ada, u"duration"_s, null)) << u"args.duration"_s;
        QTest::newRow("of all that a filter wants")
            << act << acting(u"banUser"_s, with(ada, u"duration"_s, null), ofAll) << u"args.duration"_s;
        QJsonObject several = acting(u"banUser"_s, {});
        several.remove(u"args"_s);
        several.insert(u"each"_s, QJsonArray{with(ada, u"roomId"_s, null)});
        QTest::newRow("the room in each") << act << several << u"each[0].roomId"_s;
        QTest::newRow("room") << act << acting(u"disconnectClient"_s, {}, with(ofAll, u"room"_s, null))
                              << u"room"_s;
        QTest::newRow("a blank room")
            << act << acting(u"disconnectClient"_s, {}, with(ofAll, u"room"_s, QString())) << u"room"_s;
        const QByteArray list = "admin:list";
        for (const QString &each : {u"where"_s, u"search"_s, u"room"_s}) {
            QTest::newRow(qPrintable(u"a list's "_s + each))
                << list << QJsonObject{{u"what"_s, u"clients"_s}, {each, null}} << each;
        }
        QTest::newRow("a watch's rooms")
            << "admin:watch"_ba
            << QJsonObject{{u"watch"_s, u"w"_s}, {u"what"_s, u"events"_s}, {u"rooms"_s, null}} << u"rooms"_s;
    }
    void whatIsNullIsNotAsLeftOut()
    {
        QFETCH(QByteArray, name);
        QFETCH(QJsonObject, request);
        QFETCH(QString, path);
        Dialogue server(guarded());
        QVERIFY(server.start());
        TestClient ada(server.port(), as(u"ada"_s));
        QVERIFY(!ada.waitFor(u"dialogue:connected"_s).payload.toObject().isEmpty());
        AdminConsole owner(server.port(), asOwner());
        QVERIFY(!owner.hello().isEmpty());
        const QJsonObject ack = owner.ask(name, request);
        QCOMPARE(ack[u"error"_s][u"code"_s].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(ack[u"error"_s][u"path"_s].toString(), path);
        QVERIFY(server.sanctions().isEmpty());
        QCOMPARE(server.clients(u"ada"_s).size(), 1);
    }

    void anIdStandsForOneRequest_data()
    {
        QTest::addColumn<QJsonObject>("other");
        QTest::addColumn<bool>("isTheSame");
        QJsonObject ban{{u"userId"_s, u"ada"_s}, {u"duration"_s, 1000}};
        const QJsonObject where{{u"where"_s, u"name == \"Chat\""_s}, {u"expect"_s, 1}};
        const auto with = [](QJsonObject object, const QString &name, const QJsonValue &value) {
            object.insert(name, value);
            return object;
        };
        QTest::newRow("asked again") << acting(u"banUser"_s, ban, where) << true;
        QTest::newRow("expected more") << acting(u"banUser"_s, ban, with(where, u"expect"_s, 7)) << true;
        QTest::newRow("for a reason")
            << acting(u"banUser"_s, ban, with(where, u"reason"_s, u"spam"_s)) << true;
        QTest::newRow("of another user")
            << acting(u"banUser"_s, with(ban, u"userId"_s, u"bob"_s), where) << false;
        QTest::newRow("of another filter")
            << acting(u"banUser"_s, ban, with(where, u"where"_s, u"size == 77"_s)) << false;
        QTest::newRow("without a filter") << acting(u"banUser"_s, ban) << false;
        QTest::newRow("another action") << acting(u"muteUser"_s, ban, where) << false;
        QJsonObject several = acting(u"banUser"_s, {});
        several.remove(u"args"_s);
        several.insert(u"each"_s, QJsonArray{ban});
        QTest::newRow("several") << several << false;
    }
    void anIdStandsForOneRequest()
    {
        QFETCH(QJsonObject, other);
        QFETCH(bool, isTheSame);
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole owner(server.port(), asOwner());
        QVERIFY(!owner.hello().isEmpty());
        const QJsonObject first = acting(u"banUser"_s, {{u"duration"_s, 1000}, {u"userId"_s, u"ada"_s}},
                                         {{u"where"_s, u"name == \"Chat\""_s}, {u"expect"_s, 1}});
        QCOMPARE(owner.ask("admin:do", first)[u"done"_s].toInt(), 1);
        QVERIFY(server.liftBan(u"ada"_s, u"chat"_s));
        const QJsonObject ack = owner.ask("admin:do", other);
        QVERIFY(server.sanctions().isEmpty());
        if (isTheSame) {
            QCOMPARE(ack[u"done"_s].toInt(), 1);
            return;
        }
        QCOMPARE(ack[u"error"_s][u"code"_s].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(ack[u"error"_s][u"path"_s].toString(), u"id"_s);
        QCOMPARE(server.counters().admin.actionsRefused, 1);
    }

    void theRoomOfAFilterIsOfTheRequest()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        AdminConsole owner(server.port(), asOwner());
        QVERIFY(!owner.hello().isEmpty());
        const QJsonObject where{{u"where"_s, u"userId == \"nobody\""_s}, {u"expect"_s, 0}};
        QJsonObject inChat = where;
        inChat.insert(u"room"_s, u"chat"_s);
        QCOMPARE(owner.outcome("admin:do", acting(u"disconnectClient"_s, {}, where)), u"ok"_s);
        QCOMPARE(owner.outcome("admin:do", acting(u"disconnectClient"_s, {}, inChat)), u"INVALID_REQUEST"_s);
    }

    void whatAnEventSaysMayBeNull()
    {
        Dialogue server(guarded());
        QVERIFY(server.start());
        QVERIFY(server.createRoom({.id = u"any"_s, .name = u"Any"_s, .events = {{.name = u"*"_s}}}));
        AdminConsole owner(server.port(), asOwner());
        QVERIFY(!owner.hello().isEmpty());
        const QJsonObject args{
            {u"roomId"_s, u"any"_s}, {u"event"_s, u"pause"_s}, {u"data"_s, QJsonValue(QJsonValue::Null)}};
        QCOMPARE(owner.act(u"triggerEvent"_s, args), u"ok"_s);
    }
};

DIALOGUE_TEST(TestAdminRequests, QCoreApplication)

#include "tst_adminrequests.moc"
