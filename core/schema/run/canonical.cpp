#include "core/schema/run/canonical.h"

#include "core/json/checked.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace dialogue::schema {

namespace {

using namespace json;

uint codeUnit(const char *digits)
{
    uint unit = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = digits[i];
        unit = unit * 16 + uint(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return unit;
}

void appendCodePoint(QByteArray &out, uint c)
{
    const auto continuation = [c](int shift) { return char(0x80U | ((c >> shift) & 0x3fU)); };
    if (c < 0x80) {
        out += char(c);
    } else if (c < 0x800) {
        out += char(0xc0U | (c >> 6U));
        out += continuation(0);
    } else if (c < 0x10000) {
        out += char(0xe0U | (c >> 12U));
        out += continuation(6);
        out += continuation(0);
    } else {
        out += char(0xf0U | (c >> 18U));
        out += continuation(12);
        out += continuation(6);
        out += continuation(0);
    }
}

/** An escape of \a text, from its backslash; what is behind it. */
const char *appendEscape(QByteArray &out, const char *at, const char *end)
{
    if (at[1] != 'u') {
        constexpr QByteArrayView Letters("bfnrt");
        const qsizetype index = Letters.indexOf(at[1]);
        out += index < 0 ? at[1] : "\b\f\n\r\t"[index];
        return at + 2;
    }
    uint unit = codeUnit(at + 2);
    at += 6;
    if (unit >= 0xd800 && unit < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        const uint low = codeUnit(at + 2);
        if (low >= 0xdc00 && low < 0xe000) {
            unit = 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00);
            at += 6;
        }
    }
    appendCodePoint(out, unit);
    return at;
}

/** All digits of it, without zeros at either end, and the exponent that makes up for that. */
void appendNumber(QByteArray &out, QByteArrayView text)
{
    const bool negative = text.front() == '-';
    const auto e = std::ranges::find_if(text, [](char c) { return (c | 0x20) == 'e'; });
    QByteArray digits;
    qint64 exponent = e == text.end() ? 0 : QByteArrayView(e + 1, text.end()).toLongLong();
    bool fraction = false;
    for (auto c = text.begin() + (negative ? 1 : 0); c != e; ++c) {
        if (*c == '.') {
            fraction = true;
            continue;
        }
        if (!digits.isEmpty() || *c != '0')
            digits += *c;
        exponent -= fraction ? 1 : 0;
    }
    while (digits.endsWith('0')) {
        digits.chop(1);
        ++exponent;
    }
    if (digits.isEmpty()) {
        out += '0';
        return;
    }
    out += negative ? '-' : '+';
    out += digits;
    out += 'e';
    out += QByteArray::number(exponent);
}

void appendCounted(QByteArray &out, const QByteArray &bytes)
{
    out += QByteArray::number(bytes.size());
    out += ':';
    out += bytes;
}

const char *appendObject(QByteArray &out, const char *at, const char *end, int depth)
{
    std::vector<std::pair<QByteArray, QByteArray>> members;
    for (bool more = checked::first(at); more; more = checked::next(at)) {
        const StringToken key = checked::string(at, end);
        auto &[name, value] = members.emplace_back(utf8Of(key), QByteArray());
        at = appendCanonical(value, checked::toValue(key.text.end() + 1), end, depth);
        if (!at)
            return nullptr;
    }
    std::ranges::sort(members);
    const auto sameName = [](const auto &a, const auto &b) { return a.first == b.first; };
    if (std::ranges::adjacent_find(members, sameName) != members.end())
        return nullptr;
    out += '{';
    for (const auto &[name, value] : members) {
        appendCounted(out, name);
        out += value;
    }
    out += '}';
    return at;
}

} // namespace

void appendUtf8(QByteArray &out, const StringToken &token)
{
    const char *at = token.text.begin();
    const char *const end = token.text.end();
    while (at < end) {
        const char *const plain = std::find(at, end, '\\');
        out.append(at, plain - at);
        at = plain;
        if (at < end)
            at = appendEscape(out, at, end);
    }
}

QByteArray utf8Of(const StringToken &token)
{
    if (!token.escaped)
        return token.text.toByteArray();
    QByteArray out;
    appendUtf8(out, token);
    return out;
}

const char *appendCanonical(QByteArray &out, const char *at, const char *end, int depth)
{
    if (depth == 0)
        return nullptr;
    switch (*at) {
    case '{':
        return appendObject(out, at, end, depth - 1);
    case '[':
        out += '[';
        for (bool more = checked::first(at); more && at;) {
            at = appendCanonical(out, at, end, depth - 1);
            more = at && checked::next(at);
            out += ',';
        }
        out += ']';
        return at;
    case '"': {
        const StringToken token = checked::string(at, end);
        out += '"';
        appendCounted(out, utf8Of(token));
        return token.text.end() + 1;
    }
    case 't':
    case 'f':
    case 'n':
        out += *at;
        return checked::skip(at, end);
    default: {
        const char *const behind = checked::skipNumber(at, end);
        appendNumber(out, QByteArrayView(at, behind));
        return behind;
    }
    }
}

} // namespace dialogue::schema
