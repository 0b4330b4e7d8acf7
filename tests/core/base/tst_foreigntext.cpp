#include "core/base/foreigntext.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestForeignText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escapesWhatMovesTheCursorOrIsNotSeen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("safe");
        QTest::newRow("plain") << u"Ann: \"hi\" \\o/"_s << u"Ann: \"hi\" \\o/"_s;
        QTest::newRow("letters of all the world")
            << u"Grüße 日本 عربي 👍🏽 ❤️"_s << u"Grüße 日本 عربي 👍🏽 ❤️"_s;
        QTest::newRow("end of the line") << u"a\r\nb"_s << u"a\\u000d\\u000ab"_s;
        QTest::newRow("escape sequence") << u"\x1b[2J"_s << u"\\u001b[2J"_s;
        QTest::newRow("delete") << u"\x7f"_s << u"\\u007f"_s;
        QTest::newRow("next line") << QString(QChar(0x85)) << u"\\u0085"_s;
        QTest::newRow("control sequence introducer") << QString(QChar(0x9b)) << u"\\u009b"_s;
        QTest::newRow("line separator") << u"\u2028\u2029"_s << u"\\u2028\\u2029"_s;
        QTest::newRow("right to left") << u"\u202e\u2066\u061c"_s << u"\\u202e\\u2066\\u061c"_s;
        QTest::newRow("zero width") << u"\u200b\u200d\ufeff\u00ad"_s << u"\\u200b\\u200d\\ufeff\\u00ad"_s;
        QTest::newRow("tag") << u"\U000e0041"_s << u"\\udb40\\udc41"_s;
        QTest::newRow("nul") << QString(QChar(0)) << u"\\u0000"_s;
        QTest::newRow("half a pair") << QString(QChar(0xd83d)) << u"\\ud83d"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void escapesWhatMovesTheCursorOrIsNotSeen()
    {
        QFETCH(QString, text);
        QTEST(printable(text), "safe");
    }

    void keepsTheValueOfJson()
    {
        const QString value = u"a\u0085\u202e\U000e0041\u2028b"_s;
        const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        const QString safe = printable(QString::fromUtf8(json));
        QCOMPARE(QJsonDocument::fromJson(safe.toUtf8()).array().at(0).toString(), value);
    }

    void quotesSoThatTheEndIsSeen()
    {
        QCOMPARE(quoted(u"Ann\" joined \\ \u202e"), u"\"Ann\\\" joined \\\\ \\u202e\""_s);
        QCOMPARE(quoted(QByteArrayView("\xc3\xa9\n\xff")), u"\"é\\u000a\ufffd\""_s);
    }

    void findsWhatIsInNoId_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("named"); // empty: it is an id
        QTest::newRow("plain") << u"room-1 ~"_s << QString();
        QTest::newRow("letters of all the world") << u"Grüße 日本 عربي 👍🏽"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("end of the line") << u"a\nb"_s << u"U+000A (character 2)"_s;
        QTest::newRow("delete") << u"\x7f"_s << u"U+007F (character 1)"_s;
        QTest::newRow("next line") << u"ab"_s + QChar(0x85) << u"U+0085 (character 3)"_s;
        QTest::newRow("line separator") << u"\u2028"_s << u"U+2028"_s;
        QTest::newRow("right to left") << u"👍\u202e"_s << u"U+202E (character 2)"_s;
        QTest::newRow("isolate") << u"a\u2069"_s << u"U+2069"_s;
        QTest::newRow("zero width") << u"ann\u200b"_s << u"U+200B"_s;
        QTest::newRow("joiner") << u"a\u200db"_s << u"U+200D"_s;
        QTest::newRow("byte order mark") << u"\ufeffann"_s << u"U+FEFF"_s;
        QTest::newRow("soft hyphen") << u"a\u00adnn"_s << u"U+00AD"_s;
        QTest::newRow("grapheme joiner") << u"ann\u034f"_s << u"U+034F"_s;
        QTest::newRow("filler") << u"\u3164"_s << u"U+3164"_s;
        QTest::newRow("variation selector") << u"ann\ufe0f"_s << u"U+FE0F"_s;
        QTest::newRow("another plane") << u"ann\U000e0100"_s << u"U+E0100 (character 4)"_s;
        QTest::newRow("half a pair") << QString(QChar(0xdc00)) << u"U+DC00"_s;
    }
    void findsWhatIsInNoId()
    {
        QFETCH(QString, id);
        QFETCH(QString, named);
        const QString fault = faultOfId(id);
        QCOMPARE(fault.isEmpty(), named.isEmpty());
        QVERIFY2(fault.contains(named), qPrintable(fault));
    }

    void whatIsNotSeenIsFoundAtEachPlaceOfAnId()
    {
        const QString plain = u"\x20~aZ09_-:/@"_s;
        QCOMPARE(faultOfId(plain), QString());
        for (const char16_t hidden : {u'\0', u'\x1f', u'\x7f', u'\x80', u'\xad', u'\u200b', u'\ufe7f'}) {
            for (qsizetype place = 0; place <= plain.size(); ++place) {
                QString id = plain;
                id.insert(place, QChar(hidden));
                const bool isSeen = hidden == u'\ufe7f';
                QCOMPARE(faultOfId(id).contains(u"character %1"_s.arg(place + 1)), !isSeen);
            }
        }
    }
};

DIALOGUE_TEST(TestForeignText, NoApplication)
#include "tst_foreigntext.moc"
