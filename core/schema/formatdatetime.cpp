#include "core/schema/format_p.h"

namespace dialogue::schema {

namespace {

bool takeDate(TextReader &text)
{
    const auto year = text.takeNumber(4);
    if (!year || !text.take('-'))
        return false;
    const auto month = text.takeNumber(2);
    if (!month || *month < 1 || *month > 12 || !text.take('-'))
        return false;
    const bool leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
    const int days = *month == 2                                    ? 28 + leap
        : *month == 4 || *month == 6 || *month == 9 || *month == 11 ? 30
                                                                    : 31;
    const auto day = text.takeNumber(2);
    return day && *day >= 1 && *day <= days;
}

/** "hh:mm" in minutes. */
std::optional<int> takeMinutes(TextReader &text)
{
    const auto hour = text.takeNumber(2);
    if (!hour || *hour > 23 || !text.take(':'))
        return std::nullopt;
    const auto minute = text.takeNumber(2);
    if (!minute || *minute > 59)
        return std::nullopt;
    return *hour * 60 + *minute;
}

bool takeTime(TextReader &text)
{
    constexpr int MinutesOfDay = 24 * 60;
    const auto minutes = takeMinutes(text);
    if (!minutes || !text.take(':'))
        return false;
    const auto second = text.takeNumber(2);
    if (!second || *second > 60)
        return false;
    if (text.take('.') && text.takeWhile(isDigit).empty())
        return false;
    int offset = 0;
    if (!text.take('Z') && !text.take('z')) {
        const bool behind = text.peek() == '-';
        if (!text.take('+') && !text.take('-'))
            return false;
        const auto ahead = takeMinutes(text);
        if (!ahead)
            return false;
        offset = behind ? -*ahead : *ahead;
    }
    // A leap second is the last of a day, everywhere at once.
    return *second < 60 || (*minutes - offset + MinutesOfDay) % MinutesOfDay == MinutesOfDay - 1;
}

/**
 * Elements such as "1Y2M": some of \a units in their order, none left out between two. The count of them;
 * nothing where there is something else.
 */
std::optional<int> takeElements(TextReader &text, std::string_view units)
{
    int count = 0;
    std::size_t next = 0;
    while (isDigit(text.peek())) {
        text.takeWhile(isDigit);
        const std::size_t unit = units.find(text.peek(), next);
        if (text.atEnd() || unit == std::string_view::npos || (count > 0 && unit != next))
            return std::nullopt;
        text.skip(1);
        next = unit + 1;
        ++count;
    }
    return count;
}

} // namespace

bool isDate(std::string_view text)
{
    TextReader reader(text);
    return takeDate(reader) && reader.atEnd();
}

bool isTime(std::string_view text)
{
    TextReader reader(text);
    return takeTime(reader) && reader.atEnd();
}

bool isDateTime(std::string_view text)
{
    TextReader reader(text);
    return takeDate(reader) && (reader.take('T') || reader.take('t')) && takeTime(reader) && reader.atEnd();
}

bool isDuration(std::string_view text)
{
    TextReader reader(text);
    if (!reader.take('P'))
        return false;
    const TextReader elements = reader;
    if (takeElements(reader, "W") == 1 && reader.atEnd())
        return true;
    reader = elements;
    const auto ofDate = takeElements(reader, "YMD");
    if (!ofDate)
        return false;
    if (reader.atEnd())
        return *ofDate > 0;
    return reader.take('T') && takeElements(reader, "HMS").value_or(0) > 0 && reader.atEnd();
}

} // namespace dialogue::schema
