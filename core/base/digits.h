#pragma once

#include <QByteArrayView>

#include <array>
#include <charconv>
#include <concepts>

namespace dialogue {

/** A whole number as text, where it stands: QByteArray::number() takes five times as long. */
class Digits
{
public:
    explicit Digits(std::integral auto number)
    {
        m_end = std::to_chars(m_digits.data(), m_digits.data() + m_digits.size(), number).ptr;
    }
    Digits(const Digits &) = delete;
    Digits &operator=(const Digits &) = delete;

    operator QByteArrayView() const { return {m_digits.data(), m_end}; }

private:
    std::array<char, 20> m_digits; // The longest has a sign and 19, or 20.
    const char *m_end = nullptr;
};

} // namespace dialogue
