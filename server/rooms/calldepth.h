#pragma once

namespace dialogue {

/** Whether code of one server is on the call stack with user code above it, which must not delete that
 * server. */
class CallDepth
{
public:
    class Scope
    {
    public:
        explicit Scope(CallDepth &calls)
            : m_calls(calls)
        {
            ++m_calls.m_depth;
        }
        ~Scope() { --m_calls.m_depth; }
        Scope(const Scope &) = delete;
        Scope &operator=(const Scope &) = delete;

    private:
        CallDepth &m_calls;
    };

    [[nodiscard]] bool isInside() const { return m_depth > 0; }

private:
    int m_depth = 0;
};

} // namespace dialogue
