#include "core/filter/lexer.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using filter::Lexer;
using filter::Token;

class TestFilterLexer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTextApart_data();
    void takesTextApart();
    void readsEscapes();
    void goesOnBehindWhatIsWrong();
};

namespace {

using Kinds = QList<Token::Kind>;

Kinds kindsOf(const QString &text)
{
    Kinds kinds;
    Lexer lexer(text);
    for (Token token = lexer.next(); token.kind != Token::Kind::End; token = lexer.next())
        kinds.append(token.kind);
    return kinds;
}

} // namespace

void TestFilterLexer::takesTextApart_data()
{
    using Kind = Token::Kind;
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kinds>("kinds");
    QTest::newRow("nothing") << u" \t\r\n"_s << Kinds{};
    QTest::newRow("names") << u"a a-b _a $1 \u00e9t\u00e9"_s << Kinds(5, Kind::Name);
    QTest::newRow("numbers") << u"0 -1 1.5 1e3 -2E-7"_s << Kinds(5, Kind::Number);
    QTest::newRow("a sign, then a number") << u">-1"_s << Kinds{Kind::Greater, Kind::Number};
    QTest::newRow("texts") << u"'' \"\" 'a\"b' \"a'b\""_s << Kinds(4, Kind::Text);
    QTest::newRow("signs") << u"|| && == != <= >= !~ < > ~ !"_s
                           << Kinds{Kind::Or,       Kind::And,         Kind::Equal,
                                    Kind::NotEqual, Kind::LessOrEqual, Kind::GreaterOrEqual,
                                    Kind::NotLike,  Kind::Less,        Kind::Greater,
                                    Kind::Like,     Kind::Not};
    QTest::newRow("signs without blanks") << u"&&!!"_s << Kinds{Kind::And, Kind::Not, Kind::Not};
    QTest::newRow("brackets") << u"([.,])"_s << Kinds{Kind::Open,  Kind::OpenBracket,  Kind::Dot,
                                                      Kind::Comma, Kind::CloseBracket, Kind::Close};
    QTest::newRow("a member") << u"a.b[0]"_s << Kinds{Kind::Name,        Kind::Dot,    Kind::Name,
                                                      Kind::OpenBracket, Kind::Number, Kind::CloseBracket};
}

void TestFilterLexer::takesTextApart()
{
    QFETCH(QString, text);
    QFETCH(Kinds, kinds);
    QCOMPARE(kindsOf(text), kinds);
}

void TestFilterLexer::readsEscapes()
{
    Lexer lexer(uR"('\"\'\\\/\b\f\n\r\t\u00e9')");
    const Token token = lexer.next();
    QCOMPARE(token.kind, Token::Kind::Text);
    QCOMPARE(token.text, u"\"'\\/\b\f\n\r\t\u00e9"_s);
    QCOMPARE(token.at, 0);
    QCOMPARE(lexer.next().kind, Token::Kind::End);
    QCOMPARE(lexer.next().kind, Token::Kind::End);
}

void TestFilterLexer::goesOnBehindWhatIsWrong()
{
    using Kind = Token::Kind;
    QCOMPARE(kindsOf(u"a = # \U0001f600 1x '\\q' b"_s),
             (Kinds{Kind::Name, Kind::Wrong, Kind::Wrong, Kind::Wrong, Kind::Number, Kind::Name, Kind::Wrong,
                    Kind::Name}));
    Lexer lexer(u"a =~ 'b'");
    (void)lexer.next();
    const Token wrong = lexer.next();
    QCOMPARE(wrong.meant, u"~"_s);
    QCOMPARE(wrong.at, 2);
    QCOMPARE(wrong.length, 2);
    QCOMPARE(lexer.next().text, u"b"_s);
}

DIALOGUE_TEST(TestFilterLexer, NoApplication)
#include "tst_filterlexer.moc"
