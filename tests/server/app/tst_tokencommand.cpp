#include "serverprogram.h"
#include "testclasses.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** `dialogue-server token`: made, shown and verified with the keys of a configuration. */
class TestTokenCommand : public QObject
{
    Q_OBJECT

    static Outcome run(const QStringList &arguments, const QByteArray &input = {})
    {
        return runServerProgram(QStringList{u"token"_s} + arguments, input);
    }
    QString written(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }
    static QByteArray openssl(const QStringList &arguments)
    {
        QProcess process;
        process.start(u"openssl"_s, arguments);
        return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
    }
    QByteArray made(const QStringList &more = {}) const
    {
        const Outcome outcome
            = run(QStringList{u"new"_s, u"--config"_s, m_config, u"--user"_s, u"ann"_s} + more);
        return outcome.code == 0 ? outcome.out.trimmed() : "failed: " + outcome.error;
    }

private Q_SLOTS:
    void initTestCase()
    {
        written(u"secret"_s, "0123456789abcdef0123456789abcdef\n");
        m_config = written(u"config.yaml"_s,
                           "auth:\n"
                           "  jwt:\n"
                           "    keys: [{algorithm: HS256, secretFile: secret, id: s}]\n"
                           "    issuer: https://id.example.org\n"
                           "    audience: chat\n"
                           "    rolesClaim: /realm_access/roles\n"
                           "    metaClaims: [name]\n"
                           "rooms: {chat: {events: [message]}}\n");
    }

    void isMadeAndVerified()
    {
        const QByteArray token = made({u"--role"_s, u"member"_s, u"--role=editor"_s, u"--claim"_s,
                                       u"name=Ann"_s, u"--claim"_s, u"level=3"_s, u"--lifetime"_s, u"60"_s});
        const Outcome verified = run({u"verify"_s, u"--config"_s, m_config, QString::fromLatin1(token)});
        QCOMPARE(verified.error, QByteArray());
        QCOMPARE(verified.code, 0);
        const QJsonObject identity = QJsonDocument::fromJson(verified.out).object();
        QCOMPARE(identity[u"userId"_s].toString(), u"ann"_s);
        QCOMPARE(identity[u"roles"_s].toArray(), QJsonArray({u"member"_s, u"editor"_s}));
        QCOMPARE(identity[u"meta"_s].toObject(), QJsonObject({{u"name"_s, u"Ann"_s}}));
        const qint64 left = identity[u"expiresIn"_s].toInteger();
        QVERIFY(left > 0 && left <= 60);

        const Outcome shown = run({u"show"_s, u"-"_s}, token + '\n');
        QCOMPARE(shown.code, 0);
        const QJsonObject all = QJsonDocument::fromJson(shown.out).object();
        QCOMPARE(all[u"header"_s].toObject(),
                 QJsonObject({{u"alg"_s, u"HS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, u"s"_s}}));
        const QJsonObject claims = all[u"claims"_s].toObject();
        QCOMPARE(claims[u"level"_s].toInt(), 3);
        QCOMPARE(claims[u"iss"_s].toString(), u"https://id.example.org"_s);
        QCOMPARE(claims[u"aud"_s].toString(), u"chat"_s);
    }

    void isNotVerifiedWhenItIsBad()
    {
        const QString token = QString::fromLatin1(made());
        const QString otherPayload = QString::fromLatin1(made({u"--claim"_s, u"x=1"_s})).section(u'.', 1, 1);
        const QString forged
            = token.section(u'.', 0, 0) + u'.' + otherPayload + u'.' + token.section(u'.', 2);
        const Outcome outcome = run({u"verify"_s, forged, u"--config"_s, m_config});
        QCOMPARE(outcome.code, 1);
        QCOMPARE(outcome.error,
                 QByteArray("dialogue-server: its signature is not that of the key for HS256\n"));
        QCOMPARE(outcome.out, QByteArray());
        // What it says may be looked at all the same.
        QCOMPARE(run({u"show"_s, forged}).code, 0);
    }

    void takesAPrivateKeyWhereTheConfigurationHasThePublicOne()
    {
        const QString closed = written(
            u"private.pem"_s,
            openssl({u"genpkey"_s, u"-algorithm"_s, u"EC"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s}));
        written(u"public.pem"_s, openssl({u"pkey"_s, u"-pubout"_s, u"-in"_s, closed}));
        const QString config = written(
            u"es.yaml"_s,
            "auth: {jwt: {keys: [{algorithm: ES256, file: public.pem}]}}\nrooms: {c: {events: [e]}}\n");
        const QStringList words{u"new"_s, u"--config"_s, config, u"--user"_s, u"ann"_s};
        const Outcome refused = run(words);
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.error.contains("the key can check tokens, but not sign them: it is the public part"),
                 refused.error.constData());
        const Outcome token = run(words + QStringList{u"--private-key"_s, closed});
        QCOMPARE(token.code, 0);
        QCOMPARE(run({u"verify"_s, u"-"_s, u"--config"_s, config}, token.out).code, 0);
    }

    void refusesWithCode2AndTheReason_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("reason");
        const QStringList make{u"new"_s, u"--config"_s, m_config};
        const QStringList forAnn = make + QStringList{u"--user"_s, u"ann"_s};
        const auto row = [](const char *name, const QStringList &arguments, const char *reason) {
            QTest::newRow(name) << arguments << QByteArray(reason);
        };
        row("nothing", {}, "token: says what to do: new, show or verify");
        row("something else", {u"forge"_s}, "token: says what to do: new, show or verify");
        row("no configuration", {u"new"_s, u"--user"_s, u"ann"_s},
            "token: new: needs --config, whose keys it takes");
        row("a configuration that is not there", {u"new"_s, u"--config"_s, u"/no/such.yaml"_s},
            "/no/such.yaml: cannot be read");
        row("nobody", make, "token: new: needs --user, who its bearer is");
        row("a word too many", forAnn + QStringList{u"now"_s}, "token: new: takes no further words");
        row("no token", {u"verify"_s, u"--config"_s, m_config}, "token: verify: takes one token");
        row("two tokens", {u"show"_s, u"a"_s, u"b"_s},
            "token: show: takes one token, or - for the standard input");
        row("a lifetime of nothing", forAnn + QStringList{u"--lifetime"_s, u"0"_s},
            "token: --lifetime: must be a whole number from 1");
        row("a claim without a value", forAnn + QStringList{u"--claim"_s, u"level"_s},
            "token: --claim: must be a name and a value");
        row("a key that is not there", forAnn + QStringList{u"--key"_s, u"x"_s},
            "no key of auth.jwt.keys has the id 'x'");
        row("a configuration without keys",
            {u"new"_s, u"--user"_s, u"ann"_s, u"--config"_s,
             written(u"none.yaml"_s, "rooms: {c: {events: [e]}}\n")},
            "token: the configuration has no keys for tokens (auth.jwt)");
        row("a configuration whose keys are bad",
            {u"verify"_s, u"a.b.c"_s, u"--config"_s,
             written(u"bad.yaml"_s,
                     "auth: {jwt: {keys: [{algorithm: HS256, secretFile: none.yaml}]}}\nrooms: {c: {events: "
                     "[e]}}\n")},
            "has a secret of 25 bytes, HS256 needs at least 32");
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

    void isNoneThatCanBeShown()
    {
        for (const QString &word : {u"ann"_s, u"a.b.c"_s, u"a.b.c.d.e"_s, u""_s}) {
            const Outcome outcome = run({u"show"_s, word});
            QCOMPARE(outcome.code, 1);
            QVERIFY(outcome.error.startsWith("dialogue-server: it"));
        }
    }

    void theKeysAreCheckedWithTheConfiguration()
    {
        const QString config
            = written(u"missing.yaml"_s,
                      "auth: {jwt: {keys: [{algorithm: RS256, file: missing.pem}], issuer: i, "
                      "audience: a}}\nrooms: {c: {events: [e]}}\n");
        QProcess process;
        process.start(QStringLiteral(DIALOGUE_SERVER_PROGRAM), {u"check"_s, config});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        const QByteArray error = process.readAllStandardError();
        QVERIFY2(error.contains("missing.yaml: auth.jwt.keys[0].file: "), error.constData());
        QVERIFY2(error.contains("missing.pem cannot be read"), error.constData());
    }

private:
    QTemporaryDir m_folder;
    QString m_config;
};

DIALOGUE_TEST(TestTokenCommand, QCoreApplication)
#include "tst_tokencommand.moc"
