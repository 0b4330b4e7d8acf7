#pragma once

#include <QByteArray>
#include <QRandomGenerator>

#include <array>

namespace dialogue {

/** Bytes that nobody can guess, of the system's generator: for ids, salts and secrets. */
template <int Count>
[[nodiscard]] QByteArray randomBytes()
{
    std::array<quint32, (Count + sizeof(quint32) - 1) / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return {reinterpret_cast<const char *>(words.data()), Count};
}

} // namespace dialogue
