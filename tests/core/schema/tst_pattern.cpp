#include "core/schema/pattern.h"

#include "schematest.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using schema::Pattern;

class TestPattern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesAsInEcmaScript_data();
    void matchesAsInEcmaScript();
    void refusesWhatIsNoPatternOfEcmaScript_data();
    void refusesWhatIsNoPatternOfEcmaScript();
    void givesUpOnWhatWouldTakeTooLong_data();
    void givesUpOnWhatWouldTakeTooLong();
    void doesNotGiveUpOnLongTexts_data();
    void doesNotGiveUpOnLongTexts();
    void takesTheStepsOffTheBudget();
};

void TestPattern::matchesAsInEcmaScript_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    int number = 0;
    const auto yes = [&number](const QString &source, const QString &text) {
        QTest::addRow("%d: %s takes '%s'", ++number, qPrintable(source), qPrintable(text))
            << source << text << true;
    };
    const auto no = [&number](const QString &source, const QString &text) {
        QTest::addRow("%d: %s takes no '%s'", ++number, qPrintable(source), qPrintable(text))
            << source << text << false;
    };
    const auto character = [](char32_t c) {
        return c < 0x10000 ? QString(QChar(static_cast<char16_t>(c))) : QString::fromUcs4(&c, 1);
    };

    yes(u""_s, u""_s);
    yes(u"b+"_s, u"abbc"_s);
    no(u"^b+"_s, u"abbc"_s);
    yes(u"^abc$"_s, u"abc"_s);
    no(u"^abc$"_s, u"abc\n"_s);
    no(u"^abc$"_s, u"x\nabc"_s);
    yes(u"a|^b|c$"_s, u"xc"_s);
    yes(u"^(?:a|b)*?c$"_s, u"abbac"_s);
    yes(u"^a{2}b{1,2}c{2,}$"_s, u"aabbccc"_s);
    no(u"^a{2}b{1,2}c{2,}$"_s, u"aabbbccc"_s);
    yes(u"^a{0}$"_s, u""_s);
    yes(u"^()$|^(?:)$"_s, u""_s);

    // The line terminators are four, and a dot takes every other character.
    for (const char32_t c : {U'\n', U'\r', U'\u2028', U'\u2029'})
        no(u"^.$"_s, character(c));
    for (const char32_t c : {U'\v', U'\f', U'\u0085', U'\U0001f600', U'\0'})
        yes(u"^.$"_s, character(c));
    yes(u"^[^]$"_s, u"\n"_s);
    yes(u"^[^]$"_s, u"\U0001f600"_s);
    no(u"[]"_s, u"a"_s);
    no(u"a[]"_s, u"a[]"_s);

    // White space is Unicode's, and the byte order mark.
    for (const char32_t c : {U'\t', U'\n', U'\v', U'\f', U'\r', U' ', U'\u00a0', U'\u1680', U'\u2000',
                             U'\u200a', U'\u2028', U'\u2029', U'\u202f', U'\u205f', U'\u3000', U'\ufeff'}) {
        yes(u"^\\s$"_s, character(c));
        yes(u"^[\\s]$"_s, character(c));
        no(u"^\\S$"_s, character(c));
        no(u"^[\\S]$"_s, character(c));
    }
    for (const char32_t c :
         {U'\0', U'\u0008', U'\u0085', U'\u180e', U'\u200b', U'\u2060', U'\ufffe', U'\U0001f600'}) {
        no(u"^\\s$"_s, character(c));
        yes(u"^\\S$"_s, character(c));
        yes(u"^[\\S]$"_s, character(c));
    }
    no(u"^\\S+$"_s, u"a\u00a0b"_s);

    // Digits and letters of words are ASCII's.
    yes(u"^\\d\\D$"_s, u"7x"_s);
    no(u"^\\d$"_s, u"\u09e7"_s);
    yes(u"^\\D$"_s, u"\u09e7"_s);
    yes(u"^[\\D]$"_s, u"\u09e7"_s);
    no(u"^[^\\D]$"_s, u"\u09e7"_s);
    yes(u"^\\w+$"_s, u"aZ_9"_s);
    no(u"^\\w$"_s, u"\u00e9"_s);
    yes(u"^\\W$"_s, u"\u00e9"_s);
    yes(u"^[\\W]$"_s, u"\U0001f600"_s);
    no(u"^[^\\W]$"_s, u"\u00e9"_s);
    yes(u"\\bcole"_s, u"l'école cole"_s);
    yes(u"\\bcole"_s, u"l'école"_s); // The é is no letter of a word.
    yes(u"o\\Bl"_s, u"cole"_s);

    // Escapes
    yes(u"^\\cA\\ca\\cZ\\cC$"_s, u"\u0001\u0001\u001a\u0003"_s);
    yes(u"^\\t\\n\\v\\f\\r\\0$"_s, u"\t\n\v\f\r"_s + QChar(u'\0'));
    yes(u"^\\x41\\u0042\\u{43}\\u{00044}$"_s, u"ABCD"_s);
    yes(u"^\\u{1F600}$"_s, u"\U0001f600"_s);
    yes(u"^\\uD83D\\uDE00$"_s, u"\U0001f600"_s);
    yes(u"^[\\uD83D\\uDE00-\\u{1F602}]$"_s, u"\U0001f601"_s);
    yes(u"^\U0001f600{2}$"_s, u"\U0001f600\U0001f600"_s);
    yes(u"^[\U0001f600-\U0001f602]+$"_s, u"\U0001f601\U0001f602"_s);
    no(u"\\uD83D"_s, u"\U0001f600"_s); // Half a character is none.
    no(u"\\uDE00"_s, u"\U0001f600"_s);
    no(u"[\\uD800-\\uDFFF]"_s, u"\U0001f600"_s);
    yes(u"^[\\u0000-\\uDFFF]$"_s, u"a"_s);
    yes(u"^[\\uD800-\\uFFFF]$"_s, u"\uffee"_s);
    yes(u"^[\\0-\\u{10ffff}]{2}$"_s, u"a\U0001f600"_s);
    yes(u"^\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/$"_s, u"^$\\.*+?()[]{}|/"_s);

    // Classes
    yes(u"^[$]$"_s, u"$"_s);
    yes(u"^[a^]+$"_s, u"a^"_s);
    yes(u"^[\\]\\\\\\-\\b]+$"_s, u"]\\-\b"_s);
    yes(u"^[-a]+[a-]+[+--]$"_s, u"-aa-,"_s);
    yes(u"^[[:a]+$"_s, u"[:a"_s); // No POSIX class begins here.
    yes(u"^[&&~~]+$"_s, u"&~"_s);
    no(u"^[^a-z]$"_s, u"m"_s);
    yes(u"^[^a-z]$"_s, u"\n"_s);

    // What means something to PCRE2 only
    yes(u"^ #x$"_s, u" #x"_s);
    yes(u"^[\\d\\.]+E$"_s, u"1.5E"_s);
    yes(u"^-{2}=!,<>@&%~`'\"$"_s, u"--=!,<>@&%~`'\""_s);

    // Properties
    yes(u"^\\p{Letter}+$"_s, u"Grüße漢字"_s);
    yes(u"^\\p{L}\\p{Lu}\\p{Uppercase_Letter}\\p{gc=Ll}\\p{General_Category=Lowercase_Letter}$"_s,
        u"xÄÖüß"_s);
    no(u"^\\p{Letter}$"_s, u"7"_s);
    yes(u"^\\P{Letter}$"_s, u"7"_s);
    yes(u"^[\\p{Letter}\\p{Nd}_]+$"_s, u"ä_৭"_s);
    yes(u"^[^\\P{Letter}]$"_s, u"ä"_s);
    yes(u"^\\p{Script=Greek}+$"_s, u"πα"_s);
    yes(u"^\\p{sc=Grek}\\p{Script_Extensions=Greek}\\p{scx=Grek}$"_s, u"πππ"_s);
    no(u"^\\p{Script=Greek}$"_s, u"p"_s);
    yes(u"^\\p{Script=Old_Italic}$"_s, u"\U00010300"_s);
    yes(u"^\\p{ASCII}\\p{Alphabetic}\\p{Emoji}\\p{White_Space}$"_s, u"aä\U0001f600 "_s);
    yes(u"^\\p{Any}\\p{Assigned}\\P{Assigned}\\p{Unassigned}$"_s, u"aa\u0378\u0378"_s);
    yes(u"^\\p{LC}\\p{Cased_Letter}\\p{punct}\\p{Sc}$"_s, u"aB!€"_s);

    // Groups
    yes(u"^(?<year>\\d{4})-(?<month>\\d\\d)$"_s, u"2024-05"_s);
    yes(u"^(?<$ä\\u{62}_1>a)\\k<$äb_1>$"_s, u"aa"_s);
    yes(u"^(a|b)\\1$"_s, u"bb"_s);
    no(u"^(a|b)\\1$"_s, u"ba"_s);
    yes(u"^(?:a|(b))\\1c$"_s, u"ac"_s); // What has captured nothing takes nothing.
    yes(u"^\\1(a)$"_s, u"a"_s);
    yes(u"^\\k<n>(?<n>a)$"_s, u"a"_s);
    yes(u"^(a\\1)$"_s, u"a"_s);
    yes(u"^(?:(a)\\1|b)*$"_s, u"aabaa"_s);
    yes(u"^(?:(a|b)\\1)+$"_s, u"aabb"_s);
    yes(u"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10$"_s, u"abcdefghijj"_s);
    yes(u"^(?=.*\\d)(?=.*[a-z]).{4,8}$"_s, u"abc1"_s);
    no(u"^(?=.*\\d)(?=.*[a-z]).{4,8}$"_s, u"abcd"_s);
    yes(u"^(?!foo)"_s, u"bar"_s);
    no(u"^(?!foo)"_s, u"food"_s);
    yes(u"(?<=\\$)\\d+"_s, u"for $42"_s);
    no(u"(?<=\\$)\\d+"_s, u"for €42"_s);
    yes(u"(?<!\\$)42"_s, u"for €42"_s);
    yes(u"(?<=€|EUR )42"_s, u"EUR 42"_s);
}

void TestPattern::matchesAsInEcmaScript()
{
    QFETCH(QString, source);
    QFETCH(QString, text);
    QFETCH(bool, matches);
    const auto pattern = Pattern::compile(source);
    QVERIFY2(pattern, pattern ? "" : qPrintable(pattern.error().text()));
    QCOMPARE(pattern->match(view(text.toUtf8())), matches ? Pattern::Match::Yes : Pattern::Match::No);
}

void TestPattern::refusesWhatIsNoPatternOfEcmaScript_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("at"); // Counted from 1.
    const auto row
        = [](const QString &source, int at) { QTest::addRow("%s", qPrintable(source)) << source << at; };
    row(u"ab\\h"_s, 3);
    row(u"\\A"_s, 1);
    row(u"a\\Z"_s, 2);
    row(u"\\z"_s, 1);
    row(u"\\a"_s, 1);
    row(u"\\Qa\\E"_s, 1);
    row(u"\\G"_s, 1);
    row(u"\\R"_s, 1);
    row(u"\\-"_s, 1);
    row(u"\\_"_s, 1);
    row(u"\\é"_s, 1);
    row(u"\\"_s, 1);
    row(u"[[:alpha:]]"_s, 11);
    row(u"]"_s, 1);
    row(u"a}"_s, 2);
    row(u"a{"_s, 2);
    row(u"a{,3}"_s, 2);
    row(u"a{3,2}"_s, 2);
    row(u"a{1,2"_s, 2);
    row(u"a{65536}"_s, 2);
    row(u"[a"_s, 1);
    row(u"x[]-"_s + u"[z-a]"_s, 6);
    row(u"[\\d-z]"_s, 2);
    row(u"[a-\\d]"_s, 2);
    row(u"[\\B]"_s, 2);
    row(u"[\\1]"_s, 2);
    row(u"(a"_s, 1);
    row(u"a)"_s, 2);
    row(u"(?a)"_s, 1);
    row(u"(?i)a"_s, 1);
    row(u"(?i:a)"_s, 1);
    row(u"(?>a)"_s, 1);
    row(u"(?|a)"_s, 1);
    row(u"(?#a)"_s, 1);
    row(u"(?P<a>a)"_s, 1);
    row(u"(?R)"_s, 1);
    row(u"(*UCP)a"_s, 2);
    row(u"a**"_s, 3);
    row(u"a*+"_s, 3);
    row(u"a++"_s, 3);
    row(u"a|*"_s, 3);
    row(u"^*"_s, 2);
    row(u"\\b+"_s, 3);
    row(u"(?=a)*"_s, 6);
    row(u"(?<=a){2}"_s, 7);
    row(u"\\1"_s, 1);
    row(u"(a)\\2"_s, 4);
    row(u"\\8"_s, 1);
    row(u"\\00"_s, 1);
    row(u"\\k"_s, 1);
    row(u"\\k<a>"_s, 1);
    row(u"(?<a>b)\\k<b>"_s, 8);
    row(u"(?<a>b)(?<a>c)"_s, 8);
    row(u"(?<1>b)"_s, 4);
    row(u"(?<>b)"_s, 4);
    row(u"(?<a b>b)"_s, 4);
    row(u"\\x4"_s, 4);
    row(u"\\u004"_s, 6);
    row(u"\\u{110000}"_s, 4);
    row(u"\\u{}"_s, 4);
    row(u"\\u{41"_s, 4);
    row(u"\\c1"_s, 1);
    row(u"\\c"_s, 1);
    row(u"\\p"_s, 1);
    row(u"\\pL"_s, 1);
    row(u"\\p{"_s, 1);
    row(u"\\p{}"_s, 1);
    row(u"\\p{letter}"_s, 1);
    row(u"\\p{Greek}"_s, 1);
    row(u"\\p{Script=greek}"_s, 1);
    row(u"\\p{Script=Nonesuch}"_s, 1);
    row(u"\\p{Script}"_s, 1);
    row(u"\\p{gc=Greek}"_s, 1);
    row(u"\\p{Xan}"_s, 1);
    row(u"\\p{L&}"_s, 1);
    row(u"\\p{^L}"_s, 1);
    row(u"\\p{ L }"_s, 1);
    row(u"\\X"_s, 1);
    row(u"\\N{U+41}"_s, 1);
    // What each round of a loop forgets in ECMAScript, and what PCRE2 remembers
    row(u"(?:(a)|b)*\\1"_s, 11);
    row(u"(?:(a)?b)+\\1"_s, 11);
    row(u"(?:\\1(a))*"_s, 4);
    row(u"(a\\1)*"_s, 3);
    row(u"(?<=(a)\\1)b"_s, 8);
    // What PCRE2 does not do
    row(u"^"_s + u"("_s.repeated(201) + u")"_s.repeated(201), 202);
    row(u"((a{1000}){1000}){1000}"_s, 1);
}

void TestPattern::refusesWhatIsNoPatternOfEcmaScript()
{
    QFETCH(QString, source);
    QFETCH(int, at);
    const auto pattern = Pattern::compile(source);
    QVERIFY(!pattern);
    if (at != 1 || !pattern.error().message.contains(u"PCRE2"_s))
        QVERIFY2(pattern.error().message.contains(u"at character %1,"_s.arg(at)),
                 qPrintable(pattern.error().message));
}

void TestPattern::givesUpOnWhatWouldTakeTooLong_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const QString &source, const QByteArray &text) {
        QTest::addRow("%s", qPrintable(source)) << source << text;
    };
    const qsizetype size = 1'000'000;
    row(u"^(a+)+$"_s, QByteArray(40, 'a') + 'b');
    row(u"^(a|aa)+$"_s, QByteArray(100, 'a') + 'b');
    row(u"^(?:a|b|ab)*c$"_s, QByteArray("ab").repeated(100) + "xc");
    row(u"\\s+$"_s, QByteArray(size, ' ') + 'x'); // Each of a million beginnings looks at all that follow.
    row(u"x*y|z"_s, QByteArray(size, 'x'));
    row(u"a.*[bc].*[de]"_s, QByteArray(size, 'a'));
    row(u"(.*)\\1[yz]"_s, QByteArray(size, 'a'));
    row(u"^(?=(.*)b)\\1c"_s, QByteArray(size, 'b'));
    row(u"(?:ab)*[cd]"_s, QByteArray("ab").repeated(size / 2));
    row(u"(?=a*b)c|(?!a*)"_s, QByteArray(size, 'a'));
}

void TestPattern::givesUpOnWhatWouldTakeTooLong()
{
    QFETCH(QString, source);
    QFETCH(QByteArray, text);
    const auto pattern = Pattern::compile(source);
    QVERIFY(pattern);
    QCOMPARE(pattern->match(view(text)), Pattern::Match::TooLong);
}

void TestPattern::doesNotGiveUpOnLongTexts_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("matches");
    const QByteArray letters(1'000'000, 'a');
    QTest::newRow("of one class") << u"^[a-z]*$"_s << letters << true;
    QTest::newRow("of one class, and not") << u"^[a-z]*$"_s << letters + '!' << false;
    QTest::newRow("without an anchor") << u"needle"_s << letters + "needle" << true;
    QTest::newRow("without an anchor, and not") << u"needle"_s << letters << false;
    QTest::newRow("of anything") << u"^.+z$"_s << letters + 'z' << true;
    QTest::newRow("words") << u"^(?:[a-z]+ )*[a-z]+$"_s << QByteArray("words and ").repeated(2000) + "more"
                           << true;
}

void TestPattern::doesNotGiveUpOnLongTexts()
{
    QFETCH(QString, source);
    QFETCH(QByteArray, text);
    QFETCH(bool, matches);
    QCOMPARE(Pattern::compile(source)->match(view(text)), matches ? Pattern::Match::Yes : Pattern::Match::No);
}

void TestPattern::takesTheStepsOffTheBudget()
{
    const auto pattern = Pattern::compile(u"^(?:a|b)*$"_s);
    int steps = 1000;
    QCOMPARE(pattern->match("abba", steps), Pattern::Match::Yes);
    const int once = 1000 - steps;
    QVERIFY(once > 0);
    QCOMPARE(pattern->match("abba", steps), Pattern::Match::Yes);
    QCOMPARE(steps, 1000 - 2 * once);
    steps = once;
    QCOMPARE(pattern->match("abba", steps), Pattern::Match::Yes);
    QCOMPARE(steps, 0);
    steps = once - 1;
    QCOMPARE(pattern->match("abba", steps), Pattern::Match::TooLong);
    QCOMPARE(steps, 0);
}

DIALOGUE_TEST(TestPattern, NoApplication)
#include "tst_pattern.moc"
