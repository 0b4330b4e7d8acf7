#include "server/config/configfile.h"

#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;

namespace {

QStringList errorsOf(const QByteArray &text, const QString &fileName)
{
    QStringList errors;
    for (const ConfigIssue &issue : parseConfig(text, fileName).issues) {
        if (issue.severity == ConfigIssue::Severity::Error)
            errors.append(issue.text());
    }
    return errors;
}

} // namespace

/** What is wrong before it comes to what a configuration may say: as YAML, as JSON, as text. */
class TestConfigSyntax : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheSlipInYaml_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &text, const QByteArray &error) {
            QTest::newRow(name) << text << QString::fromUtf8(error);
        };
        const char *neverClosed = "c.yaml:1:7: the quote that opens here is never closed";
        row("an open quote", "host: \"abc\nport: 3\n", neverClosed);
        row("an open quote, and no end of line", "host: \"abc", neverClosed);
        row("an open single quote", "host: 'it''s\n", neverClosed);
        row("an open quote behind an escaped one", "host: \"a\\\"\n", neverClosed);
        row("an open quote in a list", "cors: {origins: [\"abc\n",
            "c.yaml:1:18: the quote that opens here is never closed");
        row("an open quote in a list, and no end of line", "# don't\ncors: {origins: [\"abc",
            "c.yaml:2:18: the quote that opens here is never closed");
        row("an open quote as a key", "\"port\": 1\n\"host: 2\n",
            "c.yaml:2:1: the quote that opens here is never closed");
        row("an open quote behind an anchor", "host: &h \"abc\n",
            "c.yaml:1:7: the quote that opens here is never closed");
        row("a quote that the next one closes", "host: \"abc\nname: \"x\"\nport: 3\n",
            "c.yaml:1:7: the quote that opens here is closed in line 2, where more follows; most likely its "
            "closing quote is missing in this line");
        row("a quote within single quotes", "rooms:\n  a:\n    name: 'Ann's room'\n",
            "c.yaml:3:16: text follows the closing quote; within single quotes a ' is written ''");
        row("a quote within double quotes", "rooms: {a: {name: \"Ann \"x\"\"}}",
            "c.yaml:1:25: text follows the closing quote; within double quotes a \" is written \\\"");
        row("an escape that is none", "host: \"^\\d+\"\n",
            "c.yaml:1:9: \"\\d\" is no escape; a backslash is written \\\\ in double quotes, \\ in single "
            "quotes");
        row("an escape that is cut", "host: \"\\x\"\n",
            "c.yaml:1:8: \"\\x\" takes two hexadecimal digits, \"\\u\" four, \"\\U\" eight");
        row("an escape of half a character", "host: \"\\ud83d\\ude00\"\n",
            "c.yaml:1:8: \"\\ud800\" to \"\\udfff\" are halves of characters; write the character itself, or "
            "\"\\U0001f600\"");

        const char *tab = ": a tab stands here; YAML is indented with spaces only";
        row("a tab", "engine:\n\tpath: /\n", QByteArray("c.yaml:2:1").append(tab));
        row("a tab behind spaces", "rooms:\n  a:\n  \tname: x\n", QByteArray("c.yaml:3:3").append(tab));
        row("a tab in front of an item", "rooms:\n  - id: a\n\t- id: b\n",
            QByteArray("c.yaml:3:1").append(tab));

        row("a second colon", "host: a: b: c\n",
            "c.yaml:1:8: this line has a second \": \"; a value that has one must stand in quotes");
        row("a colon without a space", "port:3000\nhost: x\n", "c.yaml:1:5: a space must follow the \":\"");
        row("a colon without a space, and nothing else", "roomCreation:\n  create:anyone\n",
            "c.yaml:2:3: roomCreation: must be a map of create, maxPerUser, maxTotal, maxSize, lifetime, "
            "grace, templates, not "
            "\"create:anyone\"; a space must follow the \":\"");
        row("a key without a colon", "port\n\nhost: x\n",
            "c.yaml:1:1: is no \"key: value\"; a colon and a space are missing");
        row("too much indentation", "port: 1\n host: a\n",
            "c.yaml:2:2: is indented further than the line above, which has its value already");
        row("too little indentation", "rooms:\n    a:\n        name: x\n      b: 1\n",
            "c.yaml:4:7: stands where a key of the map above would; its indentation fits no line above");
        row("too little indentation below an item", "rooms:\n  - id: a\n   name: x\n",
            "c.yaml:3:4: stands where a \"-\" of the list above would; its indentation fits no line above");
        row("a list in the line of its key", "rooms: - id: a\n",
            "c.yaml:1:8: a \"-\" begins an item of a list, which must be in a line of its own; or put it in "
            "quotes");
        row("an open bracket", "cors:\n  origins: [a, b\nport: 1\n",
            "c.yaml:3:5: a \",\" or the closing \"]\" of the \"[\" in line 2, column 12 is missing here");
        row("an open bracket within braces", "cors: {origins: [a, b}\n",
            "c.yaml:1:22: is a closing bracket that closes nothing; is another one missing before?");
        row("an open brace", "cors: {origins: []\nport: 1\n",
            "c.yaml:2:1: a \",\" or the closing \"}\" of the \"{\" in line 1, column 7 is missing here");
        row("a bracket too many", "port: 1\n]\n",
            "c.yaml:2:1: is a closing bracket that closes nothing; is another one missing before?");
        row("a star", "rooms: {a: {events: [e], defaultSubscriptions: [*]}}",
            "c.yaml:1:49: a \"*\" must stand in quotes: \"*\"");
        row("an alias of nothing", "host: *x\n",
            "c.yaml:1:7: aliases (*name) are not supported; write the value out, or in quotes if it is text");
        row("a character that begins nothing", "host: @x\n",
            "c.yaml:1:7: no value begins with this character, unless it stands in quotes");

        row("a second document", "---\nport: 1\n---\n...\n",
            "c.yaml:3:1: a second document (---) begins here; a file has one");
        const char *behind
            = ": stands behind the end of the document: its indentation fits nothing above, or "
              "something above ends too early";
        row("what follows the end", "port: 1\n...\nport: 2\n", QByteArray("c.yaml:3:1").append(behind));
        row("what is indented less than the first line", " port: 1\nhost: a\n",
            QByteArray("c.yaml:2:1").append(behind));
        row("what follows the last brace", "{port: 1} x\n", QByteArray("c.yaml:1:11").append(behind));
    }
    void namesTheSlipInYaml()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, error);
        QCOMPARE(errorsOf(text, u"c.yaml"_s), QStringList(error));
    }

    void namesTheSlipInJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *text, const char *error) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(error);
        };
        row("a comma too many", "{\"port\": 1,}",
            "c.json:1:12: is not JSON: a comma stands before the \"}\"");
        row("a comma too many in a list", "{\"cors\": [1, ]}",
            "c.json:1:14: is not JSON: a comma stands before the \"]\"");
        row("a comma too few", "{\n\t\"port\": 1\n\t\"host\": \"a\"\n}",
            "c.json:3:2: is not JSON: expected a comma or the end of the object");
        row("an open brace", "{\"port\": 1\n",
            "c.json:2:1: is not JSON: expected a comma or the end of the object");
        row("single quotes", "{'port': 1}", "c.json:1:2: is not JSON: it has double quotes only");
        row("a comment", "// mine\n{}",
            "c.json:1:1: is not JSON: it has no comments; in a file of YAML they begin with \"#\"");
        row("an open quote", "{\"host\": \"a}\n",
            "c.json:1:13: is not JSON: a control character must be escaped");
        row("two of them", "{} {}", "c.json:1:4: is not JSON: expected the end");
        row("nothing", " \n", "c.json:2:1: is not JSON: the file is empty");
        row("YAML", "port: 1",
            "c.json:1:1: is not JSON: expected a value; a file of YAML is not named .json");
        row("a key twice", "{\"port\": 1,\n \"port\": 2}",
            "c.json:2:2: key 'port' stands here a second time; the first is in line 1");
        row("a value that is wrong", "{\n\t\"port\": 70000\n}",
            "c.json:2:10: port: must be a whole number from 0 to 65535, not 70000");
        row("a key that is wrong, behind others", "{\"roomCreation\": {\"caf\xc3\xa9\": 1}}",
            "c.json:1:19: roomCreation: unknown key 'caf\xc3\xa9'; known here: create, maxPerUser, maxTotal, "
            "maxSize, lifetime, grace, templates");
    }
    void namesTheSlipInJson()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, error);
        QCOMPARE(errorsOf(text, u"c.json"_s), QStringList(error));
    }

    void jsonIsJsonWhateverTheFileIsCalled_data()
    {
        QTest::addColumn<QString>("fileName");
        for (const char *name : {"c.json", "C.JSON", "c.yaml", "c"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void jsonIsJsonWhateverTheFileIsCalled()
    {
        QFETCH(QString, fileName);
        // Escapes that a reader of YAML does not know, and white space that it has other thoughts of.
        const ConfigReport report = parseConfig(
            "{\n\t\"demo\":true, \"port\":8080,\n\t\"rooms\":{\"a\":{\"name\":\"\\ud83d\\ude00\\/\","
            "\"events\":[\"e\"],\"maxSize\":null}}}",
            fileName);
        QCOMPARE(report.issues.size(), 1);
        QCOMPARE(report.issues.constFirst().path, u"rooms.a.maxSize"_s);
        QCOMPARE(report.issues.constFirst().column, 55);
        const ConfigReport good = parseConfig(
            "{\n\t\"demo\":true, \"port\":8080,\n\t\"rooms\":{\"a\":{\"name\":\"\\ud83d\\ude00\\/\","
            "\"events\":[\"e\"]}}}",
            fileName);
        QVERIFY(good.config);
        QCOMPARE(good.config->port, 8080);
        QVERIFY(good.config->demo);
        QCOMPARE(good.config->rooms.constFirst().name, QString::fromUtf8("\xf0\x9f\x98\x80/"));
    }

    void wantsTextInUtf8_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &text, const char *error) {
            QTest::newRow(name) << text << QString::fromUtf8(error);
        };
        row("Latin-1", "port: 1\nhost: \"\xc3\xa4 caf\xe9\"\n",
            "c.yaml:2:13: is not UTF-8: the byte 0xE9 (in Latin-1 that is \"\xc3\xa9\") belongs to no "
            "character; save the file as UTF-8");
        row("Latin-1 at the end", "host: caf\xe9",
            "c.yaml:1:10: is not UTF-8: the byte 0xE9 (in Latin-1 that is \"\xc3\xa9\") belongs to no "
            "character; save the file as UTF-8");
        row("a character that is cut", "host: \xf0\x9f\x98 x",
            "c.yaml:1:7: is not UTF-8: the byte 0xF0 (in Latin-1 that is \"\xc3\xb0\") belongs to no "
            "character; save the file as UTF-8");
        row("a byte of nothing", "host: \x80",
            "c.yaml:1:7: is not UTF-8: the byte 0x80 belongs to no character; save the file as UTF-8");
        row("an overlong character", "host: \xc0\xaf",
            "c.yaml:1:7: is not UTF-8: the byte 0xC0 (in Latin-1 that is \"\xc3\x80\") belongs to no "
            "character; save the file as UTF-8");
        row("UTF-16", QByteArray("\xff\xfep\0o\0", 6), "c.yaml:1:1: is UTF-16; save the file as UTF-8");
        row("UTF-16 without its mark", QByteArray("\0p\0o", 4),
            "c.yaml:1:1: is UTF-16; save the file as UTF-8");
        row("a control character", "host: \"a\x07\"\n",
            "c.yaml:1:9: a control character, U+0007, stands here; a file has none, and in double quotes it "
            "is written \"\\u0007\"");
        row("a control character of two bytes", "host: \"a\xc2\x9b\"\n",
            "c.yaml:1:9: a control character, U+009B, stands here; a file has none, and in double quotes it "
            "is written \"\\u009B\"");
        row("a zero", QByteArray("port: 1\n\0", 9),
            "c.yaml:2:1: a control character, U+0000, stands here; a file has none, and in double quotes it "
            "is written \"\\u0000\"");
    }
    void wantsTextInUtf8()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, error);
        QCOMPARE(errorsOf(text, u"c.yaml"_s), QStringList(error));
        error.replace(0, 6, u"c.json"_s);
        QCOMPARE(errorsOf(text, u"c.json"_s), QStringList(error));
    }

    void takesTheMarkOfUtf8AndTheLineEndsOfWindows()
    {
        QVERIFY(parseConfig("\xef\xbb\xbfport: 1\r\nhost: '::'\r\n", u"c.yaml"_s).config);
        QCOMPARE(errorsOf("\xef\xbb\xbfport: 70000\r\nhost: x\r\n", u"c.yaml"_s),
                 QStringList({u"c.yaml:1:7: port: must be a whole number from 0 to 65535, not 70000"_s,
                              u"c.yaml:2:7: host: must be an IP address, \"localhost\", \"0.0.0.0\", \"::\" "
                              u"or \"unix:/run/dialogue.sock\", "
                              "not \"x\""_s}));
    }

    void columnsCountCharacters()
    {
        QCOMPARE(
            errorsOf("{host: '::', rooms: {\xc3\xa4\xf0\x9f\x98\x80: {events: [e], maxSize: x}}}",
                     u"c.yaml"_s),
            QStringList(u"c.yaml:1:49: rooms.\u00e4\U0001f600.maxSize: must be a whole number of at least 1, "
                        "not \"x\""_s));
    }

    void whatNobodySeesIsShown()
    {
        const QString known
            = u"; known here: create, maxPerUser, maxTotal, maxSize, lifetime, grace, templates"_s;
        QCOMPARE(errorsOf("roomCreation:\n  create: nobody\n  \xc2\xa0\xc2\xa0x: 1\n  \"y\\e[31m\": 1\n",
                          u"c.yaml"_s),
                 QStringList({u"c.yaml:3:3: roomCreation: unknown key '\\u00a0\\u00a0x'"_s + known,
                              u"c.yaml:4:3: roomCreation: unknown key 'y\\u001b[31m'"_s + known}));
    }
};

DIALOGUE_TEST(TestConfigSyntax, NoApplication)
#include "tst_configsyntax.moc"
