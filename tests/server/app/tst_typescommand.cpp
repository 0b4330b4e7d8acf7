#include "serverprogram.h"
#include "testclasses.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** `dialogue-server types`: which language, and where to. What it writes, test_types and interop_types look
 * at. */
class TestTypesCommand : public QObject
{
    Q_OBJECT

    Outcome run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return runServerProgram(arguments, input, m_folder.path());
    }
    Outcome types(const QStringList &words, const QByteArray &input = {}) const
    {
        return run(QStringList{u"types"_s} + words, input);
    }
    void written(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
    }
    QByteArray read(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
    }

private Q_SLOTS:
    void initTestCase()
    {
        written(u"chat.yaml"_s, "rooms: {chat: {events: [{name: message, schema: text.json}]}}\n");
        written(u"text.json"_s, "{\"type\": \"object\", \"properties\": {\"text\": {\"type\": \"string\"}}}");
        written(u"wrong.yaml"_s, "rooms: {chat: {events: [{name: message, schema: {type: text}}]}}\n");
    }

    void speaksTheLanguageThatIsAskedFor()
    {
        const Outcome plain = types({u"chat.yaml"_s});
        QCOMPARE(plain.code, 0);
        QCOMPARE(plain.error, QByteArray());
        QVERIFY2(plain.out.contains("export interface Text {\n    text?: string;\n}"), plain.out.constData());
        QCOMPARE(types({u"chat.yaml"_s, u"--typescript"_s}).out, plain.out);
        const Outcome qt = types({u"chat.yaml"_s, u"--qt"_s});
        QVERIFY2(qt.out.contains("struct Text\n{\n    Q_GADGET"), qt.out.constData());
        const QJsonDocument document = QJsonDocument::fromJson(types({u"chat.yaml"_s, u"--asyncapi"_s}).out);
        QCOMPARE(document.object()["asyncapi"_L1].toString(), u"3.0.0"_s);
    }

    void readsFromTheStandardInput()
    {
        const Outcome outcome = types({u"-"_s}, "rooms: {a: {events: [b]}}");
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.out.contains("export type AB = unknown;"), outcome.out.constData());
    }

    void writesAFileWholeOrNotAtAll()
    {
        written(u"types.d.ts"_s, "before");
        const Outcome wrong = types({u"wrong.yaml"_s, u"--output"_s, u"types.d.ts"_s});
        QCOMPARE(wrong.code, 2);
        QCOMPARE(read(u"types.d.ts"_s), QByteArray("before"));
        const Outcome outcome = types({u"chat.yaml"_s, u"--output"_s, u"types.d.ts"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, QByteArray());
        QCOMPARE(read(u"types.d.ts"_s), types({u"chat.yaml"_s}).out);
    }

    void saysWhereItCannotWrite()
    {
        const Outcome outcome = types({u"chat.yaml"_s, u"--output"_s, u"nowhere/types.d.ts"_s});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.error.startsWith("dialogue-server: nowhere/types.d.ts: cannot be written: "),
                 outcome.error.constData());
    }

    void saysWhatIsWrongWithAConfigurationAsCheckDoes()
    {
        const Outcome outcome = types({u"wrong.yaml"_s});
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY(!outcome.error.isEmpty());
        QCOMPARE(outcome.error, run({u"check"_s, u"wrong.yaml"_s}).error);
    }

    void takesOneFileAndOneLanguage_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("no file") << QStringList() << QByteArray("types: names one file");
        QTest::newRow("two files") << QStringList{u"a"_s, u"b"_s} << QByteArray("types: names one file");
        QTest::newRow("two languages") << QStringList{u"chat.yaml"_s, u"--qt"_s, u"--asyncapi"_s}
                                       << QByteArray("types: takes one of --typescript, --qt and --asyncapi");
    }
    void takesOneFileAndOneLanguage()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, error);
        const Outcome outcome = types(words);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.error.contains(error), outcome.error.constData());
    }

private:
    QTemporaryDir m_folder;
};

DIALOGUE_TEST(TestTypesCommand, QCoreApplication)
#include "tst_typescommand.moc"
