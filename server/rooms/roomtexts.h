#pragma once

#include <QString>

#include <memory>

namespace dialogue {

/** How a room is called and described: seldom read, and so in one block of UTF-8. */
class RoomTexts
{
public:
    RoomTexts(const QString &name, const QString &description);

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString description() const;

private:
    struct Sizes
    {
        quint32 name;
        quint32 description;
    };
    [[nodiscard]] Sizes sizes() const;

    std::unique_ptr<char[]> m_block; ///< Sizes, and both texts.
};

} // namespace dialogue
