#include "server/fanout/joinedframes.h"

#include <algorithm>

namespace dialogue {

namespace {

constexpr qsizetype MostInAll = 4194304;

} // namespace

std::optional<iovec> JoinedFrames::of(std::span<const FramePtr> frames)
{
    if (frames.size() < 2)
        return std::nullopt;
    const bool same
        = std::ranges::equal(frames, m_last, {}, [](const FramePtr &frame) { return frame.get(); });
    if (!same) {
        m_last.assign(frames.size(), nullptr);
        std::ranges::transform(frames, m_last.begin(), [](const FramePtr &frame) { return frame.get(); });
        m_isJoined = false;
        return std::nullopt;
    }
    if (!m_isJoined) {
        qsizetype size = 0;
        for (const FramePtr &frame : frames)
            size += frame->bytes().size();
        if (size > Largest || size > MostInAll - m_bytes)
            return std::nullopt;
        m_bytes += size;
        QByteArray piece;
        piece.reserve(size);
        for (const FramePtr &frame : frames)
            piece += frame->bytes();
        m_pieces.append(piece);
        m_isJoined = true;
    }
    const QByteArray &piece = std::as_const(m_pieces).last();
    return iovec{const_cast<char *>(piece.constData()), static_cast<std::size_t>(piece.size())};
}

void JoinedFrames::clear()
{
    m_last.clear();
    m_pieces.clear();
    m_isJoined = false;
    m_bytes = 0;
}

} // namespace dialogue
