#include "server/http/forwardedlist.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestForwardedList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTakenApartFromItsEnd_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArrayList>("items");
        QTest::newRow("nothing") << QByteArray() << QByteArrayList();
        QTest::newRow("one") << QByteArray("a") << QByteArrayList{"a"};
        QTest::newRow("three") << QByteArray("a,b , c") << QByteArrayList{"c", "b", "a"};
        QTest::newRow("empty ones do not count") << QByteArray(" ,a,, b,") << QByteArrayList{"b", "a"};
        QTest::newRow("only commas") << QByteArray(",,,") << QByteArrayList();
        QTest::newRow("a comma in quotes")
            << QByteArray("for=a;x=\"1,2\",for=b") << QByteArrayList{"for=b", "for=a;x=\"1,2\""};
        QTest::newRow("a quote within quotes")
            << QByteArray("x=\"a\\\",b\",c") << QByteArrayList{"c", "x=\"a\\\",b\""};
        QTest::newRow("an open quote at the left") << QByteArray("for=\"x,for=y,for=\"[::1]\"")
                                                   << QByteArrayList{"for=\"[::1]\"", "for=y", "for=\"x"};
    }
    void isTakenApartFromItsEnd()
    {
        QFETCH(QByteArray, list);
        ForwardedList read(list);
        QByteArrayList items;
        while (const auto item = read.takeLast())
            items.append(*item);
        QTEST(items, "items");
    }

    void readsANode_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("address");
        const auto row = [](const char *text, ForwardedNode::Kind kind, const char *address = "") {
            QTest::newRow(text) << QByteArray(text) << int(kind) << QString::fromLatin1(address);
        };
        using enum ForwardedNode::Kind;
        row("", Hidden);
        row("unknown", Hidden);
        row("Unknown", Hidden);
        row("unknown:80", Hidden);
        row("_hidden", Hidden);
        row("_SEVKISEK:_port", Hidden);
        row("192.0.2.43", Address, "192.0.2.43");
        row("192.0.2.43:47011", Address, "192.0.2.43");
        row("192.0.2.43:_obfuscated", Address, "192.0.2.43");
        row("2001:db8:cafe::17", Address, "2001:db8:cafe::17");
        row("[2001:db8:cafe::17]", Address, "2001:db8:cafe::17");
        row("[2001:db8:cafe::17]:4711", Address, "2001:db8:cafe::17");
        row("::ffff:192.0.2.43", Address, "192.0.2.43");
        row("[::ffff:192.0.2.43]:1", Address, "192.0.2.43");
        row("_", Malformed);
        row("_a b", Malformed);
        row("192.0.2", Malformed);
        row("192.0.2.043", Malformed);
        row("192.0.2.43:", Malformed);
        row("192.0.2.43:port", Malformed);
        row("192.0.2.43:123456", Malformed);
        row("[192.0.2.43]", Malformed);
        row("[2001:db8::17", Malformed);
        row("2001:db8::17]", Malformed);
        row("[]", Malformed);
        row("[", Malformed);
        row(":", Malformed);
        row("fe80::1%eth0", Malformed);
        row("example.org", Malformed);
        row("1.2.3.4, 5.6.7.8", Malformed);
    }
    void readsANode()
    {
        QFETCH(QByteArray, text);
        const ForwardedNode node = readForwardedNode(text);
        QTEST(int(node.kind), "kind");
        QTEST(node.address.toString(), "address");
    }

    void readsAnElement_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("read"); // for, proto, host; empty: malformed
        const auto row = [](const char *text, const QByteArrayList &read) {
            QTest::newRow(text) << QByteArray(text) << read;
        };
        row("for=192.0.2.43", {"192.0.2.43", "", ""});
        row("For=192.0.2.43;PROTO=https;host=a.example", {"192.0.2.43", "https", "a.example"});
        row("for=\"[2001:db8::17]:4711\"; by=203.0.113.43", {"[2001:db8::17]:4711", "", ""});
        row("for=[2001:db8::17]:4711", {"[2001:db8::17]:4711", "", ""});
        row("host=\"a.example:80\";x=\"q;,\\\"\"", {"", "", "a.example:80"});
        row("proto=http;;", {"", "http", ""});
        row("secret=_x", {"", "", ""});
        row("for", {});
        row("for=", {});
        row("=x", {});
        row("for =x", {});
        row("for=a;for=b", {});
        row("for=\"a", {});
        row("for=\"a\\", {});
        row("for=\"a\"b", {});
        row("for=a b", {});
    }
    void readsAnElement()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, read);
        const auto element = readForwardedElement(text);
        QCOMPARE(element.has_value(), !read.isEmpty());
        if (element)
            QCOMPARE((QByteArrayList{element->forNode, element->protocol, element->host}), read);
    }

    void boundsThePairsOfAnElement()
    {
        QByteArray text;
        for (int i = 0; i < 33; ++i)
            text += 'a' + QByteArray::number(i) + "=x;";
        QVERIFY(!readForwardedElement(text));
        QVERIFY(readForwardedElement(text.first(text.lastIndexOf("a32"))));
    }
};

DIALOGUE_TEST(TestForwardedList, QCoreApplication)
#include "tst_forwardedlist.moc"
