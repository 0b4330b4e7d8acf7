#include "core/schema/run/run.h"
#include "core/schema/run/words.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

using namespace json;

namespace {

bool isSurelyRight(const StringRules &rules, const StringToken &token)
{
    return hasSurely(rules.length, token) && !rules.pattern && !rules.format;
}

} // namespace

const char *Run::string(const Node &node, const char *at)
{
    const StringToken token = checked::string(at, m_end);
    charge(token.text.size());
    if (node.string && !isSurelyRight(*node.string, token) && !holdsText(*node.string, token, at))
        return nullptr;
    return token.text.end() + 1;
}

bool Run::holdsText(const StringRules &rules, const StringToken &token, const char *at)
{
    const qsizetype bytes = token.text.size();
    if (!hasSurely(rules.length, token)) {
        const qsizetype length = token.length();
        charge(bytes);
        if (length < rules.length.least)
            return refuse(at, "minLength", [&] {
                return u"must have at least %1, has %2"_s.arg(words::counted(rules.length.least, "character"))
                    .arg(length);
            });
        if (length > rules.length.most)
            return refuse(at, "maxLength", [&] {
                return u"must have at most %1, has %2"_s.arg(words::counted(rules.length.most, "character"))
                    .arg(length);
            });
    }
    if (rules.pattern && !matches(*rules.pattern, utf8(token)))
        return refuse(at, "pattern", [&] {
            return u"must match the pattern %1, is %2"_s.arg(words::shortened(rules.pattern->source),
                                                             words::value(textAt(at)));
        });
    if (rules.format && m_formats)
        charge(bytes);
    if (rules.format && m_formats && !schema::matches(*rules.format, utf8(token)))
        return refuse(at, "format", [&] {
            return u"must be %1, is %2"_s.arg(words::format(rules.formatName), words::value(textAt(at)));
        });
    return true;
}

bool Run::matches(const Expression &expression, std::string_view text)
{
    constexpr int Finer = 16; // The steps of a match are smaller than ours.
    const int most = int(std::clamp<qint64>(m_steps * Finer, 0, Pattern::MaxSteps));
    int left = most;
    const Pattern::Match match = expression.pattern.match(text, left);
    m_steps -= 1 + (most - left) / Finer;
    if (match == Pattern::Match::TooLong)
        stop(Verdict::TooManySteps);
    return match == Pattern::Match::Yes;
}

const char *Run::number(const Node &node, const char *at)
{
    constexpr qsizetype FewDigits = 18;
    const bool onlyWhole = (node.types & types::Number) == types::Whole;
    const bool negative = *at == '-';
    const char *const digits = at + (negative ? 1 : 0);
    const char *behind = digits;
    qint64 value = 0;
    while (behind < m_end && *behind >= '0' && *behind <= '9' && behind - digits < FewDigits)
        value = value * 10 + (*behind++ - '0');
    const bool few = behind == m_end
        || !(*behind == '.' || (*behind | 0x20) == 'e' || (*behind >= '0' && *behind <= '9'));
    if (few) {
        value = negative ? -value : value;
        const NumberRules *const rules = node.number.get();
        if (!rules
            || (value >= rules->least && value <= rules->most
                && (rules->divisor == 1 || value % rules->divisor == 0)))
            return behind;
        const bool isOutside = rules->least <= rules->most && (value < rules->least || value > rules->most);
        if (isOutside && !explains()) { // Nobody asks by which of the bounds.
            m_reached = std::max(m_reached, at);
            return nullptr;
        }
    } else {
        behind = checked::skipNumber(at, m_end);
        charge(behind - at);
        if (!node.number && !onlyWhole)
            return behind;
    }

    const auto exact = Decimal::fromJson({at, std::size_t(behind - at)});
    Q_ASSERT(exact);
    if (onlyWhole && !exact->isInteger()) {
        refuse(at, "type", [&] {
            return u"must be %1, not %2"_s.arg(words::types(node.types), words::value(textAt(at)));
        });
        return nullptr;
    }
    if (node.number) {
        for (const Bound &bound : node.number->bounds) {
            // The division of the two is by hand.
            charge((behind - at) * (bound.kind == Bound::MultipleOf ? bound.text.size() : 1));
            if (!holdsBound(bound, *exact, at))
                return nullptr;
        }
    }
    return behind;
}

bool Run::holdsBound(const Bound &bound, const Decimal &number, const char *at)
{
    if (bound.allows(number))
        return true;
    struct Wording
    {
        const char *rule;
        const char *text;
    };
    static constexpr Wording wordings[] = {
        {"minimum", "must be at least %1, not %2"},
        {"maximum", "must be at most %1, not %2"},
        {"exclusiveMinimum", "must be more than %1, not %2"},
        {"exclusiveMaximum", "must be less than %1, not %2"},
        {"multipleOf", "must be a multiple of %1, not %2"},
    };
    const Wording &wording = wordings[bound.kind];
    return refuse(at, wording.rule, [&] {
        return QString::fromLatin1(wording.text).arg(words::value(bound.text), words::value(textAt(at)));
    });
}

} // namespace dialogue::schema
