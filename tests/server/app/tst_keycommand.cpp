#include "serverprogram.h"
#include "testclasses.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** `dialogue-server key`. */
class TestKeyCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_config;

    static Outcome run(const QStringList &arguments) { return runServerProgram(arguments); }
    Outcome key(const QStringList &words) const
    {
        return run(QStringList{u"key"_s} + words + QStringList{u"--config"_s, m_config});
    }
    QString written(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
        return file.fileName();
    }

private Q_SLOTS:
    void init()
    {
        QFile::remove(m_folder.filePath(u"keys.json"_s));
        m_config = written(u"config.yaml"_s,
                           "auth: {apiKeys: {file: keys.json}}\nrooms: {chat: {events: [message]}}\n");
    }

    void makesListsAndRevokes()
    {
        const Outcome made = key({u"new"_s, u"billing"_s, u"--from"_s, u"Billing"_s, u"--scope"_s,
                                  u"trigger"_s, u"--scope=join"_s, u"--room"_s, u"chat"_s, u"--role"_s,
                                  u"editor"_s, u"--expires"_s, u"2999-01-31"_s});
        QCOMPARE(made.error, QByteArray());
        QCOMPARE(made.code, 0);
        QVERIFY(made.out.startsWith("dlg_billing_"));
        QCOMPARE(made.out.size(), 12 + 43 + 1);
        const Outcome listed = key({u"list"_s});
        QCOMPARE(listed.code, 0);
        QVERIFY2(
            listed.out.startsWith("billing: from Billing; scopes trigger, join; rooms chat; roles editor\n"),
            listed.out.constData());
        QVERIFY(listed.out.endsWith(", expires 2999-01-31T00:00:00Z, last used never\n"));
        QVERIFY(!listed.out.contains(made.out.trimmed().last(43)));
        QCOMPARE(run({u"check"_s, m_config}).code, 0);

        QCOMPARE(key({u"revoke"_s, u"billing"_s, u"--older"_s}).code, 2);
        QCOMPARE(key({u"new"_s, u"billing"_s}).code, 0);
        QCOMPARE(key({u"list"_s}).out.count('\n'), 3);
        QCOMPARE(key({u"revoke"_s, u"billing"_s, u"--older"_s}).code, 0);
        QCOMPARE(key({u"list"_s}).out.count('\n'), 2);
        QCOMPARE(key({u"revoke"_s, u"billing"_s}).code, 0);
        QCOMPARE(key({u"list"_s}).out, QByteArray());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("nothing") << QStringList() << QByteArray("key: says what to do: new, list or revoke");
        QTest::newRow("no id") << QStringList{u"new"_s} << QByteArray("key: new: takes one id");
        QTest::newRow("two ids") << QStringList{u"revoke"_s, u"a"_s, u"b"_s}
                                 << QByteArray("key: revoke: takes one id");
        QTest::newRow("a key that is not there")
            << QStringList{u"revoke"_s, u"a"_s} << QByteArray("there is no key 'a'");
        QTest::newRow("nobody's key")
            << QStringList{u"new"_s, u"a"_s}
            << QByteArray(
                   "a new key needs --from, the user its events are from, and --scope, what it is for");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, error);
        const Outcome outcome = key(words);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.error.contains(error), outcome.error.constData());
        QVERIFY(!QFileInfo::exists(m_folder.filePath(u"keys.json"_s)));
    }

    void needsAConfigurationWithAFile()
    {
        QVERIFY(run({u"key"_s, u"list"_s})
                    .error.contains("key: list: needs --config, which names the file of the keys"));
        m_config = written(u"config.yaml"_s, "rooms: {chat: {events: [message]}}\n");
        const Outcome outcome = key({u"list"_s});
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.error.contains("the configuration names no file of keys (auth.apiKeys.file)"));
    }

    void aBadFileIsToldByCheck()
    {
        written(u"keys.json"_s, "{}");
        const Outcome checked = run({u"check"_s, m_config});
        QCOMPARE(checked.code, 2);
        QVERIFY2(checked.error.contains("keys.json: the file needs 'keys'"), checked.error.constData());
    }
};

DIALOGUE_TEST(TestKeyCommand, QCoreApplication)
#include "tst_keycommand.moc"
