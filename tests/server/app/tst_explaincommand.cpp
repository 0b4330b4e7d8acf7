#include "serverprogram.h"
#include "testclasses.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** `dialogue-server explain`: a table of what somebody may do, as people read it. */
class TestExplainCommand : public QObject
{
    Q_OBJECT

    Outcome run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runServerProgram(arguments, input, m_folder.path());
    }
    Outcome explain(const QStringList &more, const QByteArray &input = {}) const
    {
        return run(QStringList{u"explain"_s, u"--config"_s, u"chat.yaml"_s} + more, input);
    }
    void written(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        written(u"secret"_s, "0123456789abcdef0123456789abcdef\n");
        written(u"chat.yaml"_s,
                "auth: {jwt: {keys: [{algorithm: HS256, secretFile: secret}], issuer: i, audience: a}}\n"
                "roomCreation:\n"
                "  create: {roles: [host]}\n"
                "  templates:\n"
                "    game-*: {events: [move], rules: {trigger: owner}}\n"
                "rooms:\n"
                "  news:\n"
                "    events: [message, note]\n"
                "    rules:\n"
                "      see: anyone\n"
                "      join: {roles: [member]}\n"
                "      trigger:\n"
                "        note: {roles: [editor]}\n"
                "        \"*\": nobody\n"
                "      history: {claims: {level: 3}}\n");
        written(u"claims.json"_s, R"({"sub": "ann", "roles": ["member", "editor"], "level": 2, "exp": 1})");
    }

    void saysWhichRuleDecidesAndWhere()
    {
        const Outcome outcome = explain({u"--room"_s, u"news"_s, u"--claims"_s, u"claims.json"_s});
        QCOMPARE(outcome.error, QByteArray());
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out,
                 QByteArray("ann (member, editor) in room news:\n"
                            "  see                yes  rules.see            chat.yaml:10\n"
                            "  join               yes  rules.join           chat.yaml:11\n"
                            "  subscribe message  yes  (no rule)\n"
                            "  subscribe note     yes  (no rule)\n"
                            "  trigger message    no   rules.trigger.*      chat.yaml:14\n"
                            "  trigger note       yes  rules.trigger.note   chat.yaml:13\n"
                            "  history message    no   rules.history        chat.yaml:15\n"
                            "  history note       no   rules.history        chat.yaml:15\n"
                            "  delete             no   (no rule)\n"
                            "  create             no   roomCreation.create  chat.yaml:3\n"));
    }

    void takesATokenAsItComes()
    {
        const Outcome token
            = run({u"token"_s, u"new"_s, u"--config"_s, u"chat.yaml"_s, u"--user"_s, u"bob"_s});
        QCOMPARE(token.code, 0);
        const Outcome named
            = explain({u"--room"_s, u"news"_s, u"--token"_s, QString::fromLatin1(token.out.trimmed())});
        QVERIFY2(named.out.startsWith("bob (without a role) in room news:\n"), named.out.constData());
        QVERIFY(named.out.contains("  subscribe note     no   rules.join           chat.yaml:11\n"));
        QCOMPARE(explain({u"--room"_s, u"news"_s, u"--token"_s, u"-"_s}, token.out).out, named.out);
        const Outcome forged = explain({u"--room"_s, u"news"_s, u"--token"_s, u"a.b.c"_s});
        QCOMPARE(forged.code, 1);
        QCOMPARE(forged.out, QByteArray());
    }

    void whoBringsNothingIsSomebodyNobodyVouchesFor()
    {
        const Outcome outcome = explain({u"--room"_s, u"news"_s});
        QVERIFY2(outcome.out.startsWith("Somebody nobody vouches for in room news:\n"),
                 outcome.out.constData());
        QVERIFY(outcome.out.contains("  join               no   rules.join"));
    }

    void explainsRoomsThatClientsCreate()
    {
        const Outcome outcome
            = explain({u"--room"_s, u"game-7"_s, u"--claims"_s, u"-"_s}, R"({"sub": "ann"})");
        QVERIFY2(outcome.out.startsWith("ann (without a role) in room game-7, as clients create it "
                                        "(roomCreation.templates.game-*):\n"),
                 outcome.out.constData());
        QVERIFY2(outcome.out.contains("  trigger move    no   rules.trigger        chat.yaml:5\n"),
                 outcome.out.constData());
        const Outcome other = explain({u"--room"_s, u"other"_s});
        QVERIFY(other.out.contains("in room other, as clients create it (without a template):\n"));
        QVERIFY(other.out.contains("  trigger *    yes  (no rule)\n"));
    }

    void refusesWithTheReason_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const QStringList &arguments, int code, const char *reason) {
            QTest::newRow(name) << QStringList{u"explain"_s} + arguments << code << QByteArray(reason);
        };
        const QStringList config{u"--config"_s, u"chat.yaml"_s};
        row("no configuration", {u"--room"_s, u"news"_s}, 2,
            "explain: needs --config, whose rules it explains");
        row("no room", config, 2, "explain: needs --room, the room");
        row("a word too many", config + QStringList{u"--room"_s, u"news"_s, u"now"_s}, 2,
            "explain: takes no further words");
        row("both", config + QStringList{u"--room"_s, u"news"_s, u"--token"_s, u"x"_s, u"--claims"_s, u"y"_s},
            2, "explain: takes --token or --claims, not both");
        row("claims that are not there",
            config + QStringList{u"--room"_s, u"news"_s, u"--claims"_s, u"none.json"_s}, 1,
            "none.json: cannot be read");
        row("claims that are none",
            config + QStringList{u"--room"_s, u"news"_s, u"--claims"_s, u"chat.yaml"_s}, 2,
            "chat.yaml: must be a JSON object of claims");
        row("claims of nobody", config + QStringList{u"--room"_s, u"news"_s, u"--claims"_s, u"nobody.json"_s},
            1, "its \"sub\" is no text that names a user");
    }
    void refusesWithTheReason()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, reason);
        written(u"nobody.json"_s, "{}");
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.error.contains(reason), outcome.error.constData());
        QCOMPARE(outcome.out, QByteArray());
    }

    void saysWhereThereIsNoSuchRoom()
    {
        written(u"closed.yaml"_s, "rooms: {news: {events: [message]}}\n");
        const Outcome outcome
            = run({u"explain"_s, u"--config"_s, u"closed.yaml"_s, u"--room"_s, u"nowhere"_s});
        QCOMPARE(outcome.code, 1);
        QCOMPARE(outcome.error,
                 QByteArray("dialogue-server: There is no room 'nowhere', and clients create none\n"));
        const Outcome token = run(
            {u"explain"_s, u"--config"_s, u"closed.yaml"_s, u"--room"_s, u"news"_s, u"--token"_s, u"x"_s});
        QCOMPARE(token.code, 2);
        QVERIFY(
            token.error.contains("the configuration has no keys for tokens (auth.jwt); --claims needs none"));
        // Without keys there are claims all the same.
        QCOMPARE(run({u"explain"_s, u"--config"_s, u"closed.yaml"_s, u"--room"_s, u"news"_s, u"--claims"_s,
                      u"claims.json"_s})
                     .code,
                 0);
    }

private:
    QTemporaryDir m_folder;
};

DIALOGUE_TEST(TestExplainCommand, QCoreApplication)
#include "tst_explaincommand.moc"
