#pragma once

#include <QSocketNotifier>

#include <array>
#include <span>
#include <vector>

struct epoll_event;

namespace dialogue {

/**
 * The socket notifiers of an epoll(7) dispatcher: tells the kernel what to watch, and the notifiers what
 * came. Only in the dispatcher's thread.
 */
class DescriptorWatches
{
public:
    /** \a epoll is the dispatcher's, which closes it. */
    explicit DescriptorWatches(int epoll);

    void add(QSocketNotifier *notifier);
    void remove(QSocketNotifier *notifier);

    /** Tells the kernel what has changed; before each wait. */
    void tellKernel();

    /** Some are files and the like, which epoll refuses and which always can be read and written. */
    [[nodiscard]] bool hasAlwaysReady() const { return !m_alwaysReady.empty(); }

    /** A turn of the loop begins, within another one perhaps, whose activate() then leaves the rest to it. */
    void beginTurn() { ++m_turn; }

    /**
     * Tells the notifiers of \a events, and of what is always ready if \a alwaysReady; returns how many were
     * told. Events of descriptors that are not watched, as of the dispatcher's own, are passed over.
     */
    int activate(std::span<const epoll_event> events, bool alwaysReady);

private:
    /** What one descriptor is watched for. */
    struct Watch
    {
        std::array<QSocketNotifier *, 3> notifiers{}; ///< By QSocketNotifier::Type.
        quint32 registered = 0; ///< The events epoll knows of.
        quint32 generation = 0; ///< Tells a descriptor from an earlier one with the same number.
        bool inKernel = false;
        bool dirty = false; ///< In the list of those to be told to epoll before the next wait.
        bool alwaysReady = false;

        [[nodiscard]] bool isEmpty() const;
        [[nodiscard]] quint32 wanted() const;
    };

    Watch *find(int fd);
    void markDirty(int fd);
    void tellKernel(int fd, Watch &watch);
    int activate(int fd, quint32 generation, quint32 ready);
    int activateAlwaysReady();

    int m_epoll;
    std::vector<Watch> m_watches; ///< By descriptor; they are small and dense numbers.
    std::vector<int> m_dirty;
    std::vector<int> m_alwaysReady;
    quint64 m_turn = 0;
};

} // namespace dialogue
