#include "core/json/cursor.h"
#include "server/middleware/contentsearch.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using Verdict = ContentSearch::Outcome::Verdict;

class TestContentSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masksWhatItFinds_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("patterns");
        QTest::addColumn<QStringList>("fields");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("masked"); // As it was: nothing is found.
        const auto row = [](const char *what, const QStringList &words, const QStringList &patterns,
                            const QStringList &fields, const QByteArray &json, const QByteArray &masked) {
            QTest::newRow(what) << words << patterns << fields << json << masked;
        };
        const QStringList spam{u"spam"_s};
        row("a text", spam, {}, {}, R"("no spam here")", R"("no **** here")");
        row("nothing", spam, {}, {}, R"("no ham here")", R"("no ham here")");
        row("in a member", spam, {}, {}, R"({"text":"Spam"})", R"({"text":"****"})");
        row("with blanks around it", spam, {}, {}, " { \"a\" : [ \"spam\" ] , \"n\" : 1.50 } ",
            " { \"a\" : [ \"****\" ] , \"n\" : 1.50 } ");
        row("not in a name", spam, {}, {}, R"({"spam":1})", R"({"spam":1})");
        row("in several texts", spam, {}, {}, R"({"a":"spam","b":["x",{"c":"spam spam"}]})",
            R"({"a":"****","b":["x",{"c":"**** ****"}]})");
        row("in a member that comes twice", spam, {}, {}, R"({"a":"x","a":"spam"})",
            R"({"a":"x","a":"****"})");
        row("numbers keep their digits", spam, {}, {}, R"({"n":12345678901234567890.10,"t":"spam"})",
            R"({"n":12345678901234567890.10,"t":"****"})");
        row("behind escapes", spam, {}, {}, "\"\\u0073pam \\\"q\\\" \\n\"", "\"**** \\\"q\\\" \\n\"");
        row("a star for each character", {u"\U0001d52d\U0001d52e"_s}, {}, {},
            "\"\xf0\x9d\x94\xad\xf0\x9d\x94\xae!\"", "\"**!\"");
        row("in the field", spam, {}, {u"/text"_s}, R"({"text":"spam","other":"spam"})",
            R"({"text":"****","other":"spam"})");
        row("below the field", spam, {}, {u"/a"_s}, R"({"a":{"b":["spam"]},"c":"spam"})",
            R"({"a":{"b":["****"]},"c":"spam"})");
        row("in a field further down", spam, {}, {u"/a/1/b"_s},
            R"({"a":[{"b":"spam"},{"b":"spam","c":"spam"}]})",
            R"({"a":[{"b":"spam"},{"b":"****","c":"spam"}]})");
        row("in several fields", spam, {}, {u"/a"_s, u"/b/c"_s, u"/b/d"_s},
            R"({"b":{"c":"spam","d":"spam","e":"spam"},"a":"spam"})",
            R"({"b":{"c":"****","d":"****","e":"spam"},"a":"****"})");
        row("a field within a field", spam, {}, {u"/a/b"_s, u"/a"_s}, R"({"a":{"b":"spam","c":"spam"}})",
            R"({"a":{"b":"****","c":"****"}})");
        row("a field with a slash in its name", spam, {}, {u"/a~1b~0"_s}, R"({"a/b~":"spam","a":"spam"})",
            R"({"a/b~":"****","a":"spam"})");
        row("the whole as a field", spam, {}, {u""_s}, R"({"a":"spam"})", R"({"a":"****"})");
        row("a field that is none", spam, {}, {u"/x/y"_s}, R"({"x":"spam"})", R"({"x":"spam"})");
        row("a pattern", {}, {u"b[au]d"_s}, {}, R"("bad, bud, bed")", R"("***, ***, bed")");
        row("a pattern within words", {}, {u"bad"_s}, {}, R"("abadb")", R"("a***b")");
        row("a pattern behind other letters", {}, {u"bad"_s}, {}, "\"\xc3\xa4\xf0\x9f\x98\x80 bad\"",
            "\"\xc3\xa4\xf0\x9f\x98\x80 ***\"");
        row("a pattern that looks back", {}, {u"(?<=no )bad"_s}, {}, R"("bad no bad")", R"("bad no ***")");
        row("a pattern that may match nothing", {}, {u"(?!^)(?=b)|bad|$(?<=x)"_s}, {}, R"("a bad x")",
            R"("a bad x")");
        row("words and patterns that overlap", {u"very bad"_s}, {u"bad."_s}, {}, R"("very bad!")",
            R"("*********")");
        row("no text", spam, {}, {}, R"([1,true,null,{}])", R"([1,true,null,{}])");
    }
    void masksWhatItFinds()
    {
        QFETCH(QStringList, words);
        QFETCH(QStringList, patterns);
        QFETCH(QStringList, fields);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, masked);
        const ContentSearch search({.blocklist = words, .patterns = patterns, .fields = fields});
        const auto found = search.search(json, true);
        if (masked == json) {
            QCOMPARE(found.verdict, Verdict::Clean);
            QCOMPARE(search.search(json, false).verdict, Verdict::Clean);
            return;
        }
        QCOMPARE(found.verdict, Verdict::Found);
        QCOMPARE(found.masked, masked);
        QVERIFY(json::check(found.masked.trimmed()));
        const auto first = search.search(json, false);
        QCOMPARE(first.verdict, Verdict::Found);
        QVERIFY(first.masked.isEmpty());
    }

    void saysWhereTheFirstIs_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("the whole") << QByteArray(R"("spam")") << QString();
        QTest::newRow("a member") << QByteArray(R"({"a":"x","b":"spam","c":"spam"})") << u"/b"_s;
        QTest::newRow("an item") << QByteArray(R"({"a":[1,[2,"spam"]]})") << u"/a/1/1"_s;
        QTest::newRow("an odd name") << QByteArray(R"({"a/b~":"spam"})") << u"/a~1b~0"_s;
    }
    void saysWhereTheFirstIs()
    {
        QFETCH(QByteArray, json);
        const ContentSearch search({.blocklist = {u"spam"_s}});
        QTEST(search.search(json, false).pointer, "pointer");
        QTEST(search.search(json, true).pointer, "pointer");
    }

    void looksAtSoMuchText()
    {
        const ContentSearch search({.blocklist = {u"spam"_s}, .fields = {u"/a"_s}, .maxLength = 10});
        QCOMPARE(search.search(R"({"a":["12345","67890"],"b":"12345678901"})", false).verdict,
                 Verdict::Clean);
        const auto tooLong = search.search(R"({"a":["12345","678901"]})", false);
        QCOMPARE(tooLong.verdict, Verdict::TooLong);
        QCOMPARE(tooLong.pointer, u"/a/1"_s);
        QVERIFY(search.search(R"({"a":["spam","6789012"]})", true).masked.isEmpty());
    }

    void takesSoManySteps_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("nested loops") << u"(?:a+)+[bc]"_s;
        QTest::newRow("alternatives alike") << u"(?:a|a)*[bc]"_s;
        QTest::newRow("three loops") << u"a*a*a*[bc]"_s;
    }
    void takesSoManySteps()
    {
        QFETCH(QString, pattern);
        const ContentSearch search({.patterns = {pattern}});
        QCOMPARE(search.search('"' + QByteArray(20000, 'a') + '"', false).verdict, Verdict::TooLong);
    }

    void doesNotGiveUpOnLongTexts()
    {
        QStringList words;
        for (int i = 0; i < 10000; ++i)
            words.append(u"word%1"_s.arg(i));
        const ContentSearch search({.blocklist = words, .patterns = {u"bad"_s, u"[0-9]{16}"_s}});
        QCOMPARE(search.search('"' + QByteArray("lorem ipsum ").repeated(5000) + '"', false).verdict,
                 Verdict::Clean);
        QCOMPARE(search.search('"' + QByteArray("lorem ipsum ").repeated(5000) + "word9999\"", false).verdict,
                 Verdict::Found);
    }
};

DIALOGUE_TEST(TestContentSearch, NoApplication)
#include "tst_contentsearch.moc"
