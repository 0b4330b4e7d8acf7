#pragma once

#include "server/fanout/frame.h"

namespace dialogue {

/** Says gaps as "a!3-7d", 'a' being its name and the last letter the reason. */
class FakeStream final : public FrameStream
{
public:
    explicit FakeStream(char name)
        : m_name(name)
        , m_text(QLatin1Char(name))
    { }

    [[nodiscard]] const QString &name() const override { return m_text; }

    [[nodiscard]] FramePtr gapFrame(quint64 from, quint64 to, GapReason reason) const override
    {
        return Frame::create(m_name + QByteArray("!") + QByteArray::number(from) + '-'
                             + QByteArray::number(to) + (reason == GapReason::Replaced ? 'r' : 'd'));
    }
    [[nodiscard]] qint64 largestGapFrame() const override { return 16; } ///< Of offsets up to 99,999.

private:
    char m_name;
    QString m_text;
};

} // namespace dialogue
