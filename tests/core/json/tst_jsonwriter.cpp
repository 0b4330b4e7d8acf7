#include "core/json/writer.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace dialogue;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesStrings_data();
    void writesStrings();
    void readsBackEveryCharacterItWrites();
    void writesValues_data();
    void writesValues();
    void appendsToWhatIsThere();
};

void TestJsonWriter::writesStrings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("empty") << QString() << QByteArray(R"("")");
    QTest::newRow("plain") << QStringLiteral("abc") << QByteArray(R"("abc")");
    QTest::newRow("quote, backslash, slash") << QStringLiteral("\"\\/") << QByteArray(R"("\"\\/")");
    QTest::newRow("short escapes") << QStringLiteral("\b\f\n\r\t") << QByteArray(R"("\b\f\n\r\t")");
    QTest::newRow("other controls") << QString(QChar(0)) + QChar(0x1f) << QByteArray(R"("\u0000\u001f")");
    QTest::newRow("delete") << QString(QChar(0x7f)) << QByteArray("\"\x7f\"");
    QTest::newRow("two bytes") << QString(QChar(0xe9)) << QByteArray("\"\xc3\xa9\"");
    QTest::newRow("three bytes") << QString(QChar(0x20ac)) << QByteArray("\"\xe2\x82\xac\"");
    QTest::newRow("line separator") << QString(QChar(0x2028)) << QByteArray("\"\xe2\x80\xa8\"");
    QTest::newRow("four bytes") << QString::fromUcs4(U"\U0001f600") << QByteArray("\"\xf0\x9f\x98\x80\"");
    QTest::newRow("lone high surrogate")
        << QString(QChar(0xd83d)) + QLatin1Char('a') << QByteArray(R"("\ud83da")");
    QTest::newRow("lone low surrogate") << QString(QChar(0xde00)) << QByteArray(R"("\ude00")");
    QTest::newRow("surrogates the wrong way round")
        << QString(QChar(0xde00)) + QChar(0xd83d) << QByteArray(R"("\ude00\ud83d")");
}

void TestJsonWriter::writesStrings()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, json);
    QByteArray out;
    json::appendString(out, text);
    QCOMPARE(out, json);
}

void TestJsonWriter::readsBackEveryCharacterItWrites()
{
    QString text;
    for (char16_t unit = 0; unit < 0xffff; ++unit)
        text += QChar(unit);
    text += QString::fromUcs4(U"\U00010000\U0010ffff");
    QByteArray out = "[";
    json::appendString(out, text);
    out += ']';
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(out, &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QVERIFY(document.array().first().toString() == text);
}

void TestJsonWriter::writesValues_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("null") << QJsonValue(QJsonValue::Null) << QByteArray("null");
    QTest::newRow("undefined") << QJsonValue(QJsonValue::Undefined) << QByteArray("null");
    QTest::newRow("true") << QJsonValue(true) << QByteArray("true");
    QTest::newRow("false") << QJsonValue(false) << QByteArray("false");
    QTest::newRow("zero") << QJsonValue(0) << QByteArray("0");
    QTest::newRow("integer") << QJsonValue(qint64(9007199254740993)) << QByteArray("9007199254740993");
    QTest::newRow("fraction") << QJsonValue(-0.5) << QByteArray("-0.5");
    QTest::newRow("small") << QJsonValue(1.5e-7) << QByteArray("1.5e-07");
    QTest::newRow("large") << QJsonValue(1e300) << QByteArray("1e+300");
    QTest::newRow("whole number held as a double") << QJsonValue(1e15) << QByteArray("1000000000000000");
    QTest::newRow("beyond 64 bits") << QJsonValue(1e20) << QByteArray("1e+20");
    QTest::newRow("least integer") << QJsonValue(std::numeric_limits<qint64>::min())
                                   << QByteArray("-9223372036854775808");
    QTest::newRow("negative zero") << QJsonValue(-0.0) << QByteArray("0");
    QTest::newRow("not a number") << QJsonValue(std::numeric_limits<double>::quiet_NaN())
                                  << QByteArray("null");
    QTest::newRow("nested") << QJsonValue(
        QJsonObject{{QStringLiteral("a\""), QJsonArray{QJsonObject(), QJsonArray(), QJsonValue(), true}}})
                            << QByteArray(R"({"a\"":[{},[],null,true]})");
    QTest::newRow("infinity") << QJsonValue(std::numeric_limits<double>::infinity()) << QByteArray("null");
    QTest::newRow("string") << QJsonValue(QStringLiteral("a\"b")) << QByteArray(R"("a\"b")");
    QTest::newRow("array") << QJsonValue(QJsonArray{1, QStringLiteral("a"), QJsonArray()})
                           << QByteArray(R"([1,"a",[]])");
    QTest::newRow("object") << QJsonValue(QJsonObject{{QStringLiteral("a"), 1}}) << QByteArray(R"({"a":1})");
}

void TestJsonWriter::writesValues()
{
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, json);
    QByteArray out;
    json::appendValue(out, value);
    QCOMPARE(out, json);
}

void TestJsonWriter::appendsToWhatIsThere()
{
    QByteArray out = "[";
    json::appendValue(out, 1);
    out += ',';
    json::appendString(out, u"a");
    QCOMPARE(out, QByteArray(R"([1,"a")"));
}

DIALOGUE_TEST(TestJsonWriter, NoApplication)
#include "tst_jsonwriter.moc"
