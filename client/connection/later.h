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

    /** While it lives, the application has called us. */
    class Calling
    {
    public:
        explicit Calling(Later &later)
            : m_later(later)
        {
            ++m_later.m_calls;
        }
        ~Calling() { --m_later.m_calls; }
        Q_DISABLE_COPY_MOVE(Calling)

    private:
        Later &m_later;
    };

    void say(Word word);
    /** Runs what calls the application: now, unless we are inside a call of its own, or others were said
     * before. */
    void speak(Word word);
    [[nodiscard]] bool isEmpty() const { return m_words.empty(); }
    /** What was said so far, now. One of them may delete this. */
    void flush();

private:
    void post();

    std::deque<Word> m_words;
    int m_calls = 0; ///< Of the application, that we are in.
    bool m_posted = false;
};

} // namespace dialogue::client
