#include "bench/load/mark.h"

#include <charconv>
#include <cstring>

namespace dialogue::bench {

namespace {

constexpr std::string_view Begin = "~b";

template <class Number>
void appendNumber(std::string &out, Number number)
{
    char digits[24];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, static_cast<std::size_t>(end - digits));
    out += '~';
}

/** Reads a number and the '~' after it; false when they are not there. */
template <class Number>
bool takeNumber(const char *&at, const char *end, Number &number)
{
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc() || next == end || *next != '~')
        return false;
    at = next + 1;
    return true;
}

} // namespace

void appendMark(std::string &out, const Mark &mark)
{
    out += Begin;
    appendNumber(out, mark.run);
    appendNumber(out, mark.stream);
    appendNumber(out, mark.number);
    appendNumber(out, mark.due);
}

std::optional<Mark> findMark(std::string_view text)
{
    const char *end = text.data() + text.size();
    const char *at = text.data();
    for (;;) {
        at = static_cast<const char *>(
            memmem(at, static_cast<std::size_t>(end - at), Begin.data(), Begin.size()));
        if (!at)
            return std::nullopt;
        at += Begin.size();
        const char *field = at;
        Mark mark;
        if (takeNumber(field, end, mark.run) && takeNumber(field, end, mark.stream)
            && takeNumber(field, end, mark.number) && takeNumber(field, end, mark.due))
            return mark;
    }
}

void appendData(std::string &out, const Mark &mark, std::size_t size)
{
    constexpr std::string_view middle = R"(","pad":")";
    constexpr std::string_view end = R"("})";
    const std::size_t start = out.size();
    out += R"({"mark":")";
    appendMark(out, mark);
    out += middle;
    const std::size_t soFar = out.size() - start + end.size();
    if (soFar < size)
        out.append(size - soFar, '.');
    out += end;
}

} // namespace dialogue::bench
