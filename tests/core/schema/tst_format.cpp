#include "core/schema/format.h"

#include "schematest.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using schema::Format;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheNames();
    void takesWhatTheStandardTakes_data();
    void takesWhatTheStandardTakes();
    void readsLongTextsOnce();
};

void TestFormat::knowsTheNames()
{
    QCOMPARE(schema::formatOf(u"date-time"), Format::DateTime);
    QCOMPARE(schema::formatOf(u"relative-json-pointer"), Format::RelativeJsonPointer);
    for (const char16_t *name : {u"", u"Date", u"datetime", u"idn-email", u"idn-hostname", u"colour"})
        QVERIFY(!schema::formatOf(name));
}

void TestFormat::takesWhatTheStandardTakes_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("taken");
    QString format;
    const auto add = [&format](std::initializer_list<QByteArray> texts, bool taken) {
        for (const QByteArray &text : texts)
            QTest::addRow("%s: %s", qPrintable(format), text.left(60).constData()) << format << text << taken;
    };
    const auto yes = [&add](std::initializer_list<QByteArray> texts) { add(texts, true); };
    const auto no = [&add](std::initializer_list<QByteArray> texts) { add(texts, false); };
    const QByteArray nul(1, '\0');

    format = QStringLiteral("date-time");
    yes({"1963-06-19T08:30:06.283185Z", "1937-01-01T12:00:27.87+00:20", "1998-12-31T15:59:60.123-08:00",
         "1963-06-19t08:30:06z", "0000-02-29T00:00:00-00:00"});
    no({"", "1998-12-31T23:58:60Z", "1998-12-31T22:59:60Z", "1990-02-31T15:59:59Z", "2013-350T01:01:01Z",
        "1963-06-19 08:30:06Z", "1963-06-19T08:30:06", "1963-06-19T08:30:06Z ", "1963-06-19T08:30Z",
        "+11963-06-19T08:30:06Z", "1963-06-1\u09eaT00:00:00Z"});
    format = QStringLiteral("date");
    yes({"2020-02-29", "2000-02-29", "2021-12-31", "0001-01-01"});
    no({"2021-02-29", "1900-02-29", "2020-00-10", "2020-13-01", "2020-04-31", "2020-01-00", "20200101",
        "2020-1-01", "2020-01-01T", "2023-W13-2", "2020-01-0" + nul});
    format = QStringLiteral("time");
    yes({"08:30:06Z", "08:30:06.5z", "23:59:60Z", "01:29:60+01:30", "00:29:60-23:30", "15:59:60-08:00"});
    no({"08:30:06", "24:00:00Z", "00:60:00Z", "00:00:61Z", "08:30:06.Z", "08:30:06,5Z", "23:59:60+01:00",
        "23:59:60-00:30", "01:02:03+24:00", "01:02:03+00:60", "01:02:03Z+00:30", "01:02:03+0030", "8:30:06Z",
        "08:30Z"});
    format = QStringLiteral("duration");
    yes({"P4DT12H30M5S", "P4Y", "P1Y2M3D", "P1M", "PT1M", "PT36H", "P1DT12H", "P2W", "PT0S", "P100Y"});
    no({"", "P", "PT", "P1YT", "P1", "PT1D", "P2D1Y", "P1D2H", "P2S", "P1Y2W", "P2W1D", "1Y", "-P1Y", "P1.5D",
        "P1Y1D", "PT1H1S", "P-1Y", "P1Y ", "P\u09e8Y"});
    format = QStringLiteral("email");
    yes({"joe.bloggs@example.com", "te~st@example.com", "\"joe bloggs\"@example.com",
         "\"joe..@b\\\"loggs\"@example.com", "joe@[127.0.0.1]", "joe@[IPv6:::1]", "a@localhost",
         "a+b/c=d@x-1.example", "\"\"@example.com", QByteArray(64, 'a') + "@example.com"});
    no({"",
        "2962",
        "@example.com",
        "joe@",
        ".test@example.com",
        "test.@example.com",
        "te..st@example.com",
        "joe@invalid=domain.com",
        "joe@[127.0.0.300]",
        "joe@[::1]",
        "joe@-x.com",
        "a b@example.com",
        "a@b@c",
        "\"joe@example.com",
        "\"a\"b@example.com",
        "joe <joe@example.com>",
        "a@x.com,b@x.com",
        "jo\u00e9@example.com",
        QByteArray(65, 'a') + "@example.com",
        "a@example.com\n",
        "\"\\",
        "\"a\n\"@x.com"});
    format = QStringLiteral("hostname");
    yes({"www.example.com", "localhost", "xn--4gbwdl.xn--wgbh1c", "3com.com", "A-b.c", "127.0.0.1",
         QByteArray(63, 'a') + ".com", (QByteArray(49, 'a') + '.').repeated(5) + "abc"});
    no({"", ".", "a..b", ".a", "a.", "-a.com", "a-.com", "a_b", "a b", "a\u00e9", QByteArray(64, 'a'),
        (QByteArray(49, 'a') + '.').repeated(5) + "abcd", "a" + nul});
    format = QStringLiteral("ipv4");
    yes({"192.168.0.1", "0.0.0.0", "255.255.255.255"});
    no({"", "127.0.0.0.1", "256.1.1.1", "127.0", "0x7f.0.0.1", "2130706433", "087.10.0.1", "1.2.3.", ".1.2.3",
        "1.2.3.4 ", "1..2.3", "1.2.3.4444444444444", "1\u09e87.0.0.1"});
    format = QStringLiteral("ipv6");
    yes({"::1", "::", "::abef", "d6::", "1:d6::42", "1::d6:192.168.0.1", "::ffff:192.168.0.1",
         "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
         "1000:1000:1000:1000:1000:1000:255.255.255.255", "ABCD::"});
    no({"",
        "1",
        ":",
        ":::",
        "12345::",
        "::abcef",
        "::laptop",
        ":2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:",
        ":2:3:4::8",
        "1::d6::42",
        "1::2:192.168.256.1",
        "1::2:192.168.ff.1",
        "1:2:3:4:5:::8",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "127.0.0.1",
        "1:2:3:4:1.2.3",
        " ::1",
        "::1 ",
        "fe80::/64",
        "fe80::a%eth1",
        "1.2.3.4::",
        "::1.2.3.4:5"});
    format = QStringLiteral("uri");
    yes({"http://foo.bar/?baz=qux#quux", "http://foo.com/blah_(wikipedia)_blah#cite-1",
         "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", "ldap://[2001:db8::7]/c=GB?objectClass?one",
         "mailto:John.Doe@example.com", "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
         "tel:+1-816-555-1212", "file:///etc/hosts", "a:", "http://[v1.x:y]/",
         "http://host:", "http://host:80", "x:/a//b", "HTTP://A"});
    no({"",
        "//foo.bar/",
        "/abc",
        "abc",
        "\\\\WINDOWS\\fileshare",
        "http:// shouldfail.com",
        ":// should fail",
        "bar,baz:foo",
        "1a:b",
        "http://a/b c",
        "http://a/%",
        "http://a/%4",
        "http://a/%4g",
        "http://a#b#c",
        "http://[::1",
        "http://[::1]x",
        "http://[1.2.3.4]",
        "http://[v1]",
        "http://host:8x",
        "http://a@b@c",
        "http://a/[b]",
        "http://a/{b}",
        "http://a/\"",
        "http://a/<b>",
        "http://a/^",
        "http://a/`",
        "http://a/|",
        "http://a/\u00e9",
        "http://a/\x7f",
        "http://a/" + nul});
    format = QStringLiteral("uri-reference");
    yes({"", "http://foo.bar/?baz=qux#quux", "//foo.bar/", "/abc", "abc", "#fragment", "?q", "./a:b", "a/b:c",
         "@a"});
    no({"\\\\WINDOWS\\fileshare", "#frag\\ment", "1:b", ":a", "a b", "//a:b", "#a#"});
    format = QStringLiteral("iri");
    yes({"http://\u0192\u00f8\u00f8.\u00df\u00e5r/?\u2202\u00e9\u0153=\u03c0\u00eex#\u03c0\u00ee\u00fcx",
         "http://a/?\ue000", "http://a/\U0001f600"});
    no({"\u00e2\u03c0\u03c0", "http://2001:0db8:85a3::0370:7334", "http://a/\ue000", "http://a/\ufdd0",
        "http://a/\u0080", "http://a/\U0001ffff", "\u00e9:a"});
    format = QStringLiteral("iri-reference");
    yes({"/\u00e2\u03c0\u03c0", "\u00e2\u03c0\u03c0", "#\u0192r\u00e4gm\u00eant"});
    no({"\\\\WINDOWS\\fil\u00eb", "#\u0192r\u00e4g\\m\u00eant"});
    format = QStringLiteral("uri-template");
    yes({"", "http://example.com/dictionary/{term:1}/{term}", "dictionary", "{+path*,x.y:30}{?a,b}{#f}",
         "{%41b}", "a%20b", "\u00e9"});
    no({"http://example.com/dictionary/{term", "{}", "{+}", "{a:0}", "{a:10000}", "{a.}", "{.}", "{a,}",
        "{a b}", "}", "{{a}}", "a b", "%", "%4", "<a>", "a|b", "{a:}", "{a**}"});
    format = QStringLiteral("uuid");
    yes({"2EB8AA08-AA98-11ea-b4aa-73B441D16380", "00000000-0000-0000-0000-000000000000"});
    no({"", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380",
        "2eb8aa08-aa98-11ea-b4ga-73b441d16380", "2eb8-aa08-aa98-11ea-b4aa73b44-1d16380",
        "{2eb8aa08-aa98-11ea-b4aa-73b441d16380}", "urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380"});
    format = QStringLiteral("json-pointer");
    yes({"", "/", "/foo/bar~0/baz~1/%a", "/foo//bar", "/ ", "/\u00e9", "/~01"});
    no({"a", "#", "#/a", "/foo/bar~", "/~2", "/~0~", "/~~", "0"});
    format = QStringLiteral("relative-json-pointer");
    yes({"0", "1", "120/foo/bar", "0#", "2/0/baz/1/zip", "0+1", "1-10/a", "1+1#"});
    no({"", "/foo", "-1/foo", "+1/foo", "01/a", "0##", "0#a", "0+0", "0+", "0+01", "1a"});
    format = QStringLiteral("regex");
    yes({"", "([abc])+\\s+$", "\\p{Letter}", "^\\u{1F600}$"});
    no({"^(abc]", "\\a", "a**", "[[:alpha:]]", "(?i)a"});
}

void TestFormat::takesWhatTheStandardTakes()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, text);
    QFETCH(bool, taken);
    const auto known = schema::formatOf(format);
    QVERIFY(known);
    QCOMPARE(schema::matches(*known, view(text)), taken);
}

void TestFormat::readsLongTextsOnce()
{
    // A format that looked at them again and again would take minutes here.
    const QByteArray digits(500'000, '1');
    for (int format = 0; format <= static_cast<int>(Format::Regex); ++format) {
        for (const QByteArray &front :
             {QByteArray(), QByteArray("P"), QByteArray("a:"), QByteArray("//"), QByteArray("{")})
            (void)schema::matches(static_cast<Format>(format), view(front + digits));
    }
    QVERIFY(schema::matches(Format::Uri, view("a:" + digits)));
    QVERIFY(schema::matches(Format::Duration, view("P" + digits + "Y")));
}

DIALOGUE_TEST(TestFormat, NoApplication)
#include "tst_format.moc"
