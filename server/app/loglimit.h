#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <chrono>
#include <map>
#include <utility>

namespace dialogue {

/**
 * How many lines a category may write at one level in a second. What strangers bring about is said seldom
 * from info on (core/base/seldom.h); at debug each is said, and this keeps a flood of them from filling the
 * disk.
 */
class LogLimit
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int LinesPerSecond = 200;

    struct Verdict
    {
        bool mayWrite;
        int leftOut; ///< How many were not written since the last that was.
    };

    Verdict take(const QByteArray &category, QtMsgType type, Clock::time_point now)
    {
        Window &window = m_windows[{category, type}];
        if (now - window.begin >= std::chrono::seconds(1)) {
            window.begin = now;
            window.lines = 0;
        }
        if (window.lines >= LinesPerSecond) {
            ++window.leftOut;
            return {false, 0};
        }
        ++window.lines;
        return {true, std::exchange(window.leftOut, 0)};
    }

private:
    struct Window
    {
        Clock::time_point begin;
        int lines = 0;
        int leftOut = 0;
    };
    std::map<std::pair<QByteArray, QtMsgType>, Window> m_windows;
};

} // namespace dialogue
