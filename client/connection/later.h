#pragma once

#include <QObject>

#include <deque>
#include <functional>

namespace dialogue::client {

/**
 * What is to be told once control is back in the event loop, in the order it was said: whoever hears it may
 * delete anything, and must not do so below a call of his own.
 */
class Later : public QObject
{
    Q_OBJECT
public:
    using Word = std::function<void()>;

    void say(Word word);
    [[nodiscard]] bool isEmpty() const { return m_words.empty(); }
    /** What was said so far, now. One of them may delete this. */
    void flush();

private:
    void post();

    std::deque<Word> m_words;
    bool m_posted = false;
};

} // namespace dialogue::client
