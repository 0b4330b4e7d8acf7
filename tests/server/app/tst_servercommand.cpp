#include "serverprogram.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** dialogue-server as a program: what it prints, and with what code it ends. */
class TestServerCommand : public QObject
{
    Q_OBJECT

    static QString program() { return QStringLiteral(DIALOGUE_SERVER_PROGRAM); }
    static Outcome run(const QStringList &arguments, const QByteArray &input = {})
    {
        return runServerProgram(arguments, input);
    }
    [[nodiscard]] QString written(const QByteArray &text) const
    {
        QFile file(m_folder.filePath(u"config.yaml"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

private Q_SLOTS:
    void refusesWithCode2AndTheReason_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("a number out of range")
            << QStringList{u"--workers"_s, u"99"_s}
            << QByteArray("dialogue-server: --workers: must be a whole number from 0 to 64, not '99'");
        QTest::newRow("no number") << QStringList{u"--port"_s, u"80x"_s} << QByteArray("not '80x'");
        QTest::newRow("an unknown option")
            << QStringList{u"--prot"_s, u"80"_s} << QByteArray("unknown option --prot; did you mean --port?");
        QTest::newRow("what to do with a store")
            << QStringList{u"store"_s, u"shrink"_s, u"x.db"_s}
            << QByteArray("store: says what to do: info, check, backup, export, import, trim, erase");
        QTest::newRow("a store without a name")
            << QStringList{u"store"_s, u"info"_s} << QByteArray("store: info: takes one file");
        QTest::newRow("a backup of a store that is not there")
            << QStringList{u"store"_s, u"backup"_s, u"/nowhere/x.db"_s, u"/nowhere/y.db"_s}
            << QByteArray("The store '/nowhere/x.db': There is no such file");
        QTest::newRow("a store that is not there")
            << QStringList{u"store"_s, u"check"_s, u"/nowhere/x.db"_s}
            << QByteArray("The store '/nowhere/x.db': There is no such file");
        QTest::newRow("a trim of nothing in particular")
            << QStringList{u"store"_s, u"trim"_s, u"x.db"_s} << QByteArray("store: trim: needs --keep");
        QTest::newRow("an erasure of nothing in particular")
            << QStringList{u"store"_s, u"erase"_s, u"x.db"_s, u"--offset"_s, u"3"_s}
            << QByteArray("store: erase: needs --room and --offset");
        QTest::newRow("two rooms to erase in")
            << QStringList{u"store"_s, u"erase"_s, u"x.db"_s, u"--offset=3"_s, u"--room=a"_s, u"--room=b"_s}
            << QByteArray("store: --room: stands there twice; it takes one room at a time");
        QTest::newRow("an erasure of two kinds")
            << QStringList{u"store"_s,    u"erase"_s, u"x.db"_s,   u"--room"_s, u"a"_s,
                           u"--offset"_s, u"3"_s,     u"--user"_s, u"ann"_s}
            << QByteArray("store: erase: needs --room and --offset");
        QTest::newRow("an unknown command")
            << QStringList{u"chek"_s}
            << QByteArray("unknown command 'chek': there are admin, check, "
                          "defaults, explain, reload, schema, key, store, token and types");
        QTest::newRow("a word behind a command")
            << QStringList{u"schema"_s, u"now"_s} << QByteArray("schema: takes no further words");
        QTest::newRow("a level there is not")
            << QStringList{u"--log-level"_s, u"net=loud"_s}
            << QByteArray("--log-level: no level is called 'loud'; there are error, warning, info, debug");
        QTest::newRow("a text that moves the cursor")
            << QStringList{u"\u009b2J\u202e"_s} << QByteArray("unknown command '\\u009b2J\\u202e'");
        QTest::newRow("check without a file")
            << QStringList{u"check"_s} << QByteArray("check: names one file");
        QTest::newRow("a file that is not there") << QStringList{u"--config"_s, u"/no/such.yaml"_s}
                                                  << QByteArray("/no/such.yaml: cannot be read: ");
    }
    void refusesWithCode2AndTheReason()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, reason);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.error.contains(reason), outcome.error.constData());
        QCOMPARE(outcome.out, QByteArray());
    }

    void checkNamesTheLineOfWhatIsWrong()
    {
        const QString file = written("port: 70000\nrooms:\n  a: {evnts: [x]}\n");
        const Outcome outcome = run({u"check"_s, file});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.error.contains("config.yaml:1:7: port: must be"), outcome.error.constData());
        QVERIFY2(
            outcome.error.contains("config.yaml:3:7: rooms.a: unknown key 'evnts'; did you mean 'events'?"),
            outcome.error.constData());
    }

    void checkEscapesWhatMovesTheCursor()
    {
        const QString file = written("\"po\\u202ert\\u009b\": 1\n");
        const Outcome outcome = run({u"check"_s, file});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.error.contains("po\\u202ert\\u009b"), outcome.error.constData());
    }

    void checkPraisesWhatIsGood()
    {
        const Outcome outcome = run({u"check"_s, written("rooms: {a: {events: [x]}}\n")});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.out.endsWith("config.yaml: good, with 1 room\n"), outcome.out.constData());
        QCOMPARE(outcome.error, QByteArray());
    }

    void checkReadsTheStandardInput()
    {
        const Outcome wrong = run({u"check"_s, u"-"_s}, "rooms: {a: {events: [e]}}\nport: 70000\n");
        QCOMPARE(wrong.code, 2);
        QVERIFY2(wrong.error.startsWith("stdin:2:7: port: must be"), wrong.error.constData());
        // In more pieces than a pipe holds at once; and with a file that lies where we are.
        QVERIFY(written("{}").endsWith(u"config.yaml"));
        const QByteArray good
            = '#' + QByteArray(300'000, 'x') + "\nrooms: {a: {events: [{name: e, schema: config.yaml}]}}\n";
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(program(), {u"check"_s, u"-"_s});
        process.write(good);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(process.readAllStandardOutput(), QByteArray("stdin: good, with 1 room\n"));
    }

    void servesWhatComesOnTheStandardInput()
    {
        const Outcome outcome = run({u"--config"_s, u"-"_s}, "rooms: {a: {events: [e]}}\nprot: 1\n");
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.error.startsWith("stdin:2:1: unknown key 'prot'"), outcome.error.constData());
    }

    void itsHelpNamesTheCommandsTheOptionsAndTheExitCodes()
    {
        const Outcome outcome = run({u"--help"_s});
        QCOMPARE(outcome.code, 0);
        for (const char *word : {"check FILE", "defaults", "schema", "--config FILE", "--host H", "--port N",
                                 "--workers N", "Exit codes: 0 done"})
            QVERIFY2(outcome.out.contains(word), word);
    }

    void itsOwnDefaultsAreAConfiguration()
    {
        const Outcome defaults = run({u"defaults"_s});
        QCOMPARE(defaults.code, 0);
        QCOMPARE(run({u"check"_s, written(defaults.out)}).code, 0);
    }

    void printsTheSchemaOfItsConfiguration()
    {
        const Outcome outcome = run({u"schema"_s});
        QCOMPARE(outcome.code, 0);
        QVERIFY(QJsonDocument::fromJson(outcome.out).object().contains(u"properties"_s));
    }

    void servesUntilItIsTold_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void servesUntilItIsTold()
    {
        QFETCH(int, signal);
        QProcess server;
        server.start(program(),
                     {u"--port"_s, u"0"_s, u"--config"_s,
                      QStringLiteral(DIALOGUE_SOURCE_DIR "/resources/dialogue.sample.yaml")});
        QByteArray said;
        while (!said.contains('\n') && server.waitForReadyRead())
            said += server.readAllStandardOutput();
        QVERIFY2(said.startsWith("dialogue-server listens on http://127.0.0.1:"), said.constData());
        const QString port = QString::fromLatin1(said.trimmed().split(':').last());
        // A second one on its port says so, and what to do.
        const Outcome second = run({u"--port"_s, port});
        QCOMPARE(second.code, 1);
        QVERIFY2(second.error.contains("choose another port or stop what uses it"), second.error.constData());
        QCOMPARE(::kill(pid_t(server.processId()), signal), 0);
        QVERIFY(server.waitForFinished());
        QCOMPARE(server.exitStatus(), QProcess::NormalExit);
        QCOMPARE(server.exitCode(), 0);
    }

private:
    QTemporaryDir m_folder;

    void holdsAStoreToTheSchemasOfAConfiguration()
    {
        const QByteArray rooms = "rooms: {chat: {events: [{name: message, schema: {type: object, properties: "
                                 "{text: {type: string, minLength: ";
        const QByteArray lines
            = "{\"store\":\"dialogue-store-1\"}\n"
              "{\"room\":\"chat\",\"durability\":2,\"offset\":0,\"completeAfter\":0}\n"
              "{\"event\":\"message\",\"in\":\"chat\",\"offset\":1,\"seq\":1,\"time\":1,\"from\":\"ann\","
              "\"message\":"
              "{\"event\":\"message\",\"roomId\":\"chat\",\"data\":{\"text\":\"hi\"},\"from\":\"ann\","
              "\"timestamp\":1,\"offset\":1}}\n";
        const QString store = m_folder.filePath(u"held.db"_s);
        QCOMPARE(run({u"store"_s, u"import"_s, store}, lines).code, 0);
        const Outcome fits
            = run({u"store"_s, u"check"_s, store, u"--config"_s, written(rooms + "1}}}}]}}\n")});
        QCOMPARE(fits.code, 0);
        QVERIFY(fits.out.contains("of 1 events 0 do not fit"));
        const Outcome misfits
            = run({u"store"_s, u"check"_s, store, u"--config"_s, written(rooms + "3}}}}]}}\n")});
        QCOMPARE(misfits.code, 1);
        QVERIFY(misfits.out.contains("of 1 events 1 do not fit"));
        QVERIFY2(misfits.error.contains("chat, event 1 (message): ") && misfits.error.contains("minLength"),
                 misfits.error.constData());
        QCOMPARE(run({u"store"_s, u"check"_s, store, u"--config"_s, written("rooms: 3\n")}).code, 2);
    }
};

DIALOGUE_TEST(TestServerCommand, QCoreApplication)
#include "tst_servercommand.moc"
