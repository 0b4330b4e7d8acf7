#include "console/details/jsonchanges.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestJsonChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsDifferent_data();
    void tellsWhatIsDifferent();
    void tellsThatThereAreMore();
    void anythingDeepIsOneChange();
};

namespace {

/** "+/a=1 -/b=2 ~/c=1>2" */
QString wordsFor(const JsonChanges &all)
{
    QStringList words;
    for (const JsonChange &each : all.changes) {
        const QString before = QString::fromUtf8(each.before);
        const QString after = QString::fromUtf8(each.after);
        switch (each.kind) {
        case JsonChange::Kind::Added:
            words.append(u'+' + each.pointer + u'=' + after);
            break;
        case JsonChange::Kind::Removed:
            words.append(u'-' + each.pointer + u'=' + before);
            break;
        case JsonChange::Kind::Changed:
            words.append(u'~' + each.pointer + u'=' + before + u'>' + after);
            break;
        }
    }
    return words.join(u' ');
}

} // namespace

void TestJsonChanges::tellsWhatIsDifferent_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("changes");
    const auto row = [](const char *name, const char *before, const char *after, const char *changes) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QString::fromLatin1(changes);
    };
    row("the same", R"({"a":1})", R"({"a":1})", "");
    row("written otherwise", R"({"a":1,"b":"x"})", R"({ "b" : "\u0078", "a":1.0 })", "");
    row("a scalar", "1", "2", "~=1>2");
    row("long numbers", "9007199254740993", "9007199254740992", "~=9007199254740993>9007199254740992");
    row("added", R"({"a":1})", R"({"a":1,"b":2})", "+/b=2");
    row("removed", R"({"a":1,"b":2})", R"({"a":1})", "-/b=2");
    row("changed", R"({"a":1})", R"({"a":true})", "~/a=1>true");
    row("another type", R"({"a":[1]})", R"({"a":{"0":1}})", R"(~/a=[1]>{"0":1})");
    row("inside", R"({"a":{"b":[1,2]}})", R"({"a":{"b":[1,3,4]}})", "~/a/b/1=2>3 +/a/b/2=4");
    row("shorter", "[1,2,3]", "[1]", "-/1=2 -/2=3");
    row("names with signs", R"({"a/b":1,"c~d":1})", R"({"a/b":2,"c~d":2})", "~/a~1b=1>2 ~/c~0d=1>2");
    row("null is something", R"({"a":null})", "{}", "-/a=null");
    row("a member that comes twice", R"({"a":1,"a":2})", R"({"a":2})", "");
    row("from nothing", "", "{}", "+={}");
    row("to nothing", "[]", " ", "-=[]");
    row("nothing at all", "", "", "");
    row("no JSON", "{", "}", "~={>}");
}

void TestJsonChanges::tellsWhatIsDifferent()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QTEST(wordsFor(changesBetween(before, after)), "changes");
    QVERIFY(!changesBetween(before, after).hasMore);
}

void TestJsonChanges::tellsThatThereAreMore()
{
    QByteArray many = "[1";
    for (int i = 1; i <= JsonChanges::Most; ++i)
        many += ",1";
    const JsonChanges changes = changesBetween("[]", many + ']');
    QCOMPARE(changes.changes.size(), JsonChanges::Most);
    QVERIFY(changes.hasMore);
}

void TestJsonChanges::anythingDeepIsOneChange()
{
    const QByteArray open(100, '[');
    const QByteArray close(100, ']');
    const QByteArray before = open + "1" + close;
    const QByteArray after = open + "2" + close;
    const JsonChanges changes = changesBetween(before, after);
    QCOMPARE(changes.changes.size(), 1);
    QCOMPARE(changes.changes.first().pointer, u"/0"_s.repeated(64));
}

DIALOGUE_TEST(TestJsonChanges, NoApplication)
#include "tst_jsonchanges.moc"
