#include "server/rooms/roomtexts.h"

#include <algorithm>
#include <cstring>

namespace dialogue {

RoomTexts::RoomTexts(const QString &name, const QString &description)
{
    const QByteArray texts[]{name.toUtf8(), description.toUtf8()};
    const Sizes sizes{static_cast<quint32>(texts[0].size()), static_cast<quint32>(texts[1].size())};
    m_block = std::make_unique<char[]>(sizeof(sizes) + sizes.name + sizes.description);
    std::memcpy(m_block.get(), &sizes, sizeof(sizes));
    char *end = m_block.get() + sizeof(sizes);
    for (const QByteArray &text : texts)
        end = std::copy(text.begin(), text.end(), end);
}

RoomTexts::Sizes RoomTexts::sizes() const
{
    Sizes sizes{};
    std::memcpy(&sizes, m_block.get(), sizeof(sizes));
    return sizes;
}

QString RoomTexts::name() const { return QString::fromUtf8(m_block.get() + sizeof(Sizes), sizes().name); }

QString RoomTexts::description() const
{
    return QString::fromUtf8(m_block.get() + sizeof(Sizes) + sizes().name, sizes().description);
}

} // namespace dialogue
