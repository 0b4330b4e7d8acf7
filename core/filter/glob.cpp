#include "core/filter/glob.h"

namespace dialogue::filter {

namespace {

// Beyond the last code point.
constexpr char32_t AnyOne = 0x110000;
constexpr char32_t AnyNumber = 0x110001;

} // namespace

std::optional<Glob> Glob::compile(QStringView pattern)
{
    Glob glob;
    for (CodePoints in(pattern); !in.atEnd();) {
        const char32_t point = in.next();
        if (point == U'\\') {
            if (in.atEnd())
                return std::nullopt;
            glob.m_parts.push_back(in.next());
        } else if (point == U'*') {
            // Several in a row say no more than one.
            if (glob.m_parts.empty() || glob.m_parts.back() != AnyNumber)
                glob.m_parts.push_back(AnyNumber);
        } else {
            glob.m_parts.push_back(point == U'?' ? AnyOne : point);
        }
    }
    return glob;
}

bool Glob::matches(CodePoints text, Budget &budget) const
{
    auto part = m_parts.begin();
    // Behind the last AnyNumber, and the text that it has not taken yet.
    auto again = m_parts.end();
    CodePoints rest = text;
    while (true) {
        if (!budget.take())
            return false;
        if (part != m_parts.end() && *part == AnyNumber) {
            again = ++part;
            if (part == m_parts.end())
                return true; // With whatever is left of the text.
            rest = text;
            continue;
        }
        if (text.atEnd() && part == m_parts.end())
            return true;
        if (!text.atEnd() && part != m_parts.end()) {
            const char32_t point = text.next();
            if (point == *part || *part == AnyOne) {
                ++part;
                continue;
            }
        } else if (text.atEnd()) {
            return false; // Nothing that AnyNumber takes besides makes the text longer.
        }
        if (again == m_parts.end())
            return false;
        rest.next();
        text = rest;
        part = again;
    }
}

} // namespace dialogue::filter
