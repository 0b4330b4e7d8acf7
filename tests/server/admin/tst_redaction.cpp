#include "server/admin/redaction.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

// moc (Qt 6.4) takes a number sign in a raw string for a directive: there "@" stands for it.
/** What leaves for a console of what events say. */
class TestRedaction : public QObject
{
    Q_OBJECT

    static QStringList pointersOf(const QList<Redaction::Rule> &rules)
    {
        QStringList all;
        for (const Redaction::Rule &rule : rules)
            all.append(u'/' + rule.path.join(u'/'));
        all.sort();
        return all;
    }
    static QJsonValue parsed(const QByteArray &json)
    {
        return QJsonDocument::fromJson('[' + json + ']').array().first();
    }

private Q_SLOTS:
    void coversWhatAPointerSays_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const int mask = int(RedactionKind::Mask);
        const int remove = int(RedactionKind::Remove);
        QTest::newRow("member") << u"/a"_s << mask << QByteArray(R"({"a":1,"b":2})")
                                << QByteArray(R"({"a":"***","b":2})");
        QTest::newRow("removed") << u"/a"_s << remove << QByteArray(R"({"a":1,"b":2})")
                                 << QByteArray(R"({"b":2})");
        QTest::newRow("deep") << u"/a/b/c"_s << mask << QByteArray(R"({"a":{"b":{"c":[1]}}})")
                              << QByteArray(R"({"a":{"b":{"c":"***"}}})");
        QTest::newRow("each item") << u"/a/*/b"_s << remove << QByteArray(R"({"a":[{"b":1},{"c":2},3]})")
                                   << QByteArray(R"({"a":[{},{"c":2},3]})");
        QTest::newRow("each member") << u"/*/b"_s << mask << QByteArray(R"({"x":{"b":1},"y":{"b":2}})")
                                     << QByteArray(R"({"x":{"b":"***"},"y":{"b":"***"}})");
        QTest::newRow("one item") << u"/1"_s << mask << QByteArray("[1,2,3]") << QByteArray(R"([1,"***",3])");
        QTest::newRow("an item keeps its place")
            << u"/1"_s << remove << QByteArray("[1,2,3]") << QByteArray("[1,null,3]");
        QTest::newRow("escapes") << u"/a~1b/c~0d"_s << mask << QByteArray(R"({"a/b":{"c~d":1}})")
                                 << QByteArray(R"({"a/b":{"c~d":"***"}})");
        QTest::newRow("all of it") << QString() << mask << QByteArray(R"({"a":1})") << QByteArray(R"("***")");
        QTest::newRow("nothing left")
            << QString() << remove << QByteArray(R"({"a":1})") << QByteArray("null");
        QTest::newRow("not there") << u"/b"_s << mask << QByteArray(R"({"a":1})") << QByteArray(R"({"a":1})");
        QTest::newRow("no object") << u"/a"_s << mask << QByteArray("5") << QByteArray("5");
    }
    void coversWhatAPointerSays()
    {
        QFETCH(QString, pointer);
        QFETCH(int, kind);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const Redaction redaction({{.path = pathOf(pointer), .kind = RedactionKind(kind)}});
        QCOMPARE(parsed(redaction.applied(before, "salt")), parsed(after));
    }

    void aHashIsTheSameForTheSame()
    {
        const Redaction redaction({{.path = {u"*"_s}, .kind = RedactionKind::Hash}});
        const QJsonObject hashed
            = parsed(redaction.applied(R"({"a":"ann","b":"ann","c":"bob"})", "salt")).toObject();
        QCOMPARE(hashed[u"a"], hashed[u"b"]);
        QVERIFY(hashed[u"a"] != hashed[u"c"]);
        QVERIFY(!hashed[u"a"].toString().contains(u"ann"));
        QVERIFY(redaction.applied(R"({"a":"ann"})", "other") != redaction.applied(R"({"a":"ann"})", "salt"));
        QCOMPARE(pseudonym(u"ann"_s, "salt"), pseudonym(u"ann"_s, "salt"));
        QVERIFY(pseudonym(u"ann"_s, "salt") != pseudonym(u"bob"_s, "salt"));
        QVERIFY(pseudonym(u"ann"_s, "salt") != pseudonym(u"ann"_s, "other"));
    }

    void findsWhatASchemaMarks_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QString>("pointers");
        QTest::newRow("none") << QByteArray(R"({"type":"object","properties":{"a":{}}})") << QString();
        QTest::newRow("not false") << QByteArray(R"({"properties":{"a":{"x-sensitive":false}}})")
                                   << QString();
        QTest::newRow("member") << QByteArray(R"({"properties":{"a":{"x-sensitive":true},"b":{}}})")
                                << u"/a"_s;
        QTest::newRow("within") << QByteArray(
            R"({"properties":{"a":{"properties":{"b":{"x-sensitive":true}}}}})")
                                << u"/a/b"_s;
        QTest::newRow("items") << QByteArray(R"({"properties":{"a":{"items":{"x-sensitive":true}}}})")
                               << u"/a/*"_s;
        QTest::newRow("tuple") << QByteArray(R"({"prefixItems":[{},{"x-sensitive":true}]})") << u"/1"_s;
        QTest::newRow("others") << QByteArray(R"({"additionalProperties":{"x-sensitive":true}})") << u"/*"_s;
        QTest::newRow("patterns") << QByteArray(R"({"patternProperties":{"^p":{"x-sensitive":true}}})")
                                  << u"/*"_s;
        QTest::newRow("branches") << QByteArray(
            R"({"oneOf":[{"properties":{"a":{"x-sensitive":true}}}],"then":{"properties":{"b":{"x-sensitive":true}}}})")
                                  << u"/a /b"_s;
        QTest::newRow("reference") << QByteArray(
            R"({"$defs":{"s":{"x-sensitive":true}},"properties":{"a":{"$ref":"@s"}}})")
                                   << u"/a"_s;
        QTest::newRow("all") << QByteArray(R"({"x-sensitive":true})") << u"/"_s;
        QTest::newRow("elsewhere") << QByteArray(
            R"({"$defs":{"s":{"x-sensitive":true}},"properties":{"a":{"$ref":"other.json"}}})")
                                   << u"/a"_s;
        QTest::newRow("percent") << QByteArray(
            R"({"$defs":{"p i":{"x-sensitive":true}},"properties":{"a":{"$ref":"@p%20i"}}})")
                                 << u"/a"_s;
        QTest::newRow("nowhere") << QByteArray(
            R"({"$defs":{"s":{"x-sensitive":true}},"properties":{"a":{"$ref":"@none"}}})")
                                 << u"/a"_s;
        QTest::newRow("another base") << QByteArray(
            R"({"$defs":{"s":{},"r":{"$id":"r","$defs":{"s":{"x-sensitive":true}},"$ref":"@s"}},"properties":{"a":{"$ref":"@r"}}})")
                                      << u"/a"_s;
        QTest::newRow("another word for yes")
            << QByteArray(R"({"properties":{"a":{"x-sensitive":"true"}}})") << u"/a"_s;
        QTest::newRow("names of members")
            << QByteArray(R"({"properties":{"a":{"propertyNames":{"x-sensitive":true}}}})") << u"/a"_s;
    }
    void findsWhatASchemaMarks()
    {
        QFETCH(QByteArray, schema);
        QTEST(pointersOf(sensitiveOf(parsed(schema.replace('@', "#/$defs/")))).join(u' '), "pointers");
    }

    void coversMoreRatherThanLessOfWhatHasNoEnd()
    {
        const QByteArray tree
            = R"({"$defs":{"node":{"properties":{"pin":{"x-sensitive":true},"left":{"$ref":"@node"},"right":{"$ref":"@node"}}}},"$ref":"@node"})";
        const Redaction redaction(sensitiveOf(parsed(QByteArray(tree).replace('@', "#/$defs/"))));
        QByteArray data = R"({"pin":"4711"})";
        for (int depth = 0; depth < 40; ++depth)
            data = R"({"left":)" + data + '}';
        QVERIFY(!redaction.applied(data, "salt").contains("4711"));
    }
};

DIALOGUE_TEST(TestRedaction, QCoreApplication)
#include "tst_redaction.moc"
