#pragma once

#include "core/json/checked.h"
#include "core/schema/admission.h"
#include "core/schema/program.h"
#include "core/schema/run/ends.h"
#include "core/schema/run/memo.h"

#include <QList>
#include <QString>

#include <utility>
#include <vector>

namespace dialogue::schema {

/** Where data breaks which rule, in words for people. */
struct Fault
{
    const char *at = nullptr; ///< In the text: a value, or the key of a member.
    QByteArray member = {}; ///< One that is missing in the object there.
    const char *rule = ""; ///< The keyword.
    QString message = {};

    bool operator==(const Fault &) const = default;
};

/** What came to light about a part of the data; it holds as long as the schema that said so does. */
struct Mark
{
    enum Kind {
        Evaluated, ///< A member, at its key, or an item: some schema speaks of it.
        Described, ///< An object: some schema says what members it has.
        Missing, ///< A member of an object, that has a default.
    };
    Kind kind;
    const char *at;
    const Member *member = nullptr; ///< Of what is missing.
};

enum class Verdict {
    Fits,
    Wrong,
    TooManySteps,
    TooDeep,
    Ambiguous, ///< A member comes twice, and it depends on which one counts.
};

/**
 * Holds one text, checked JSON, against a program. The verdict and the explanation are the same walk; the
 * latter notes what is wrong and goes on. Looks at nothing beyond what it needs, and makes no tree.
 */
class Run
{
public:
    Run(const Program &program, QByteArrayView text, const Admission &admission, int steps);

    Verdict verdict();
    /** Why it is Wrong: a few of the reasons. */
    QList<Fault> explain();
    /** How many steps the verdict took. */
    [[nodiscard]] qint64 taken() const { return m_allSteps - m_steps; }
    /** After a verdict, where \a admission asks for them. */
    [[nodiscard]] const std::vector<Mark> &marks() const { return m_marks; }

private:
    using StringToken = json::StringToken;

    // All of these give what is behind the value at \a at, or null where it does not fit.
    const char *apply(const Node *node, const char *at);
    const char *remember(const Node &node, const char *at);
    const char *judge(const Node &node, const char *at);
    const char *judgeWhole(const Node &node, const char *at);
    const char *judgeOwn(const Node &node, const char *at);
    const char *string(const Node &node, const char *at);
    const char *number(const Node &node, const char *at);
    const char *array(const Node &node, const char *at);
    const char *object(const Node &node, const char *at);
    /** apply() to a part of the value; in an explanation on to what is behind it, also where it is wrong. */
    const char *part(const Node *node, const char *at, bool &wrong)
    {
        const char *const behind = passSure(*node, at);
        return behind ? behind : partInFull(node, at, wrong);
    }
    const char *partInFull(const Node *node, const char *at, bool &wrong);
    /** What apply() would give, and take for it, where a glance shows that the value fits; otherwise null. */
    const char *passSure(const Node &node, const char *at)
    {
        if (m_steps <= 0 || m_depth == MaxDepth || (m_forks > 0 && node.shared))
            return nullptr;
        const char *const behind = schema::pass(node.sure, at, m_end);
        if (behind) {
            --m_steps;
            charge(behind - at);
        }
        return behind;
    }
    /** apply(), of which no fault is told, and no mark stays if it does not fit. */
    const char *attempt(const Node *node, const char *at);

    bool holdsValues(const Node &node, const char *at);
    bool isAmong(const Values &values, const char *at);
    bool holdsText(const StringRules &rules, const StringToken &token, const char *at);
    bool holdsBound(const Bound &bound, const Decimal &number, const char *at);
    struct Array;
    const char *contained(Array &array, const char *at);
    const char *item(Array &array, const char *at);
    bool holdsArray(const Array &array, const char *at);
    bool isUnique(const char *at);

    struct Object;
    const Member *nextInOrder(const Object &object, const char *keyAt) const;
    const char *memberOf(Object &object, const Member &known, const char *keyAt);
    const char *member(Object &object, const char *keyAt);
    bool matches(const Expression &expression, std::string_view text);
    bool holdsMembers(Object &object);
    bool holdsAllMembers(Object &object);
    bool holdsNeeds(Object &object, const Member &member);
    bool holdsCount(const Object &object);
    bool holdsName(const Node *node, const char *keyAt);

    /** What these find to be behind the value becomes \a behind. */
    bool combined(const Combined &rules, const char *at, const char *&behind);
    struct Glance;
    bool branches(const Branches &branches, const char *at, const char *&behind);
    struct GlancePart;
    void glance(const Branches &branches, Glance &glance);
    const char *seePart(GlancePart &part, const char *at);
    const char *skipAgain(const char *at);
    bool isCandidate(const Branch &branch, const Glance &glance);
    /** Those of \a branches of which more than a tag's text says whether they may fit. */
    template <class Visit>
    void visitSelected(const Branches &branches, const Glance &glance, const Visit &visit);
    bool hasTags(const Branch &branch, const Glance &glance);
    bool mayFit(const Branch &branch, const Glance &glance, bool requiredToo);
    void explainBranches(const Branches &branches, const Glance &glance);
    bool explainTags(const Branches &branches, const Glance &glance);
    void explainAlternatives(const std::vector<const Branch *> &candidates, const char *at);
    bool unevaluated(const Node &node, const char *at, std::size_t marksBefore);

    [[nodiscard]] bool explains() const
    {
        return m_faults && m_stopped == Verdict::Fits && m_faults->size() < MostFaults;
    }
    static constexpr int Comparing = 2; // So much dearer it is to compare a byte than to read it.
    /** Takes for \a bytes that were looked at what that many cost, besides the step of the schema itself. */
    void charge(qsizetype bytes)
    {
        constexpr std::size_t BytesPerStep = 32;
        m_steps -= qint64(std::size_t(bytes) / BytesPerStep);
    }
    /** checked::skip(), which costs something where the value is long. */
    const char *pass(const char *at)
    {
        const char *const behind = json::checked::skip(at, m_end);
        charge(behind - at);
        return behind;
    }
    const char *stop(Verdict why)
    {
        if (m_stopped == Verdict::Fits)
            m_stopped = why;
        return nullptr;
    }
    /** Notes what is wrong; \a words are made when somebody wants them. Gives what stands for "wrong". */
    template <class Words>
    bool refuse(const char *at, const char *rule, const Words &words, const QByteArray &missing = {})
    {
        m_reached = std::max(m_reached, at);
        if (explains())
            add({at, missing, rule, words()});
        return false;
    }
    void add(const Fault &fault)
    {
        if (!m_faults->contains(fault))
            m_faults->append(fault);
    }
    void mark(Mark::Kind kind, const char *at, const Member *member = nullptr)
    {
        if (m_tracks)
            m_marks.push_back({kind, at, member});
    }
    [[nodiscard]] QByteArrayView textAt(const char *at) const { return {at, json::checked::skip(at, m_end)}; }
    /** UTF-8 of \a token; until the next call. */
    std::string_view utf8(const StringToken &token);

    static constexpr qsizetype MostFaults = 5;
    static constexpr int MaxDepth = 512; // schemas inside one another: a bound for the stack

    const Program &m_program;
    const char *const m_begin;
    const char *const m_end;
    const bool m_formats;
    const bool m_defaults;
    const bool m_tracksAll; ///< Marks are wanted of all that is looked at, not only for unevaluated...
    bool m_tracks;
    qint64 m_steps; ///< Left.
    const qint64 m_allSteps;
    int m_depth = 0;
    int m_branches = 0; ///< Branches that are being looked into.
    Ends m_ends;
    int m_forks = 0; ///< Schemas around that may come to the same place in several ways.
    Verdict m_stopped = Verdict::Fits; ///< Why nothing more is looked at.
    const char *m_reached; ///< The furthest place at which something did not fit.
    QList<Fault> *m_faults = nullptr; ///< In an explanation.
    std::vector<Mark> m_marks;
    Memo m_memo;
    Memo m_explained; ///< Schemas and places of which an explanation has told.
    QByteArray m_utf8;
};

} // namespace dialogue::schema
