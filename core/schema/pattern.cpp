#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/schema/pattern.h"

#include "core/schema/patternsyntax_p.h"

#include <pcre2.h>

#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr std::size_t CharactersPerStep = 16;
constexpr uint32_t MaxHeapKiB = 16 * 1024; // What PCRE2 remembers of the branches to come back to.

/** What a match uses besides the pattern; one for each thread. */
class Scratch
{
public:
    Scratch()
        : m_data(pcre2_match_data_create(1, nullptr))
        , m_context(pcre2_match_context_create(nullptr))
    {
        Q_CHECK_PTR(m_data);
        Q_CHECK_PTR(m_context);
        pcre2_set_heap_limit(m_context, MaxHeapKiB);
    }
    Q_DISABLE_COPY_MOVE(Scratch)
    ~Scratch()
    {
        pcre2_match_data_free(m_data);
        pcre2_match_context_free(m_context);
    }

    pcre2_match_data *data() { return m_data; }
    pcre2_match_context *context() { return m_context; }

private:
    pcre2_match_data *m_data;
    pcre2_match_context *m_context;
};

/** Counts a match's steps at the callouts of its expression. */
struct StepCounter
{
    int left;
    int perPlace;
    std::size_t position = 0;

    static int callout(pcre2_callout_block *block, void *counter)
    {
        auto &self = *static_cast<StepCounter *>(counter);
        const std::size_t now = block->current_position;
        const std::size_t moved = now > self.position ? now - self.position : self.position - now;
        self.position = now;
        self.left -= self.perPlace + static_cast<int>(moved / CharactersPerStep);
        return self.left < 0 ? PCRE2_ERROR_CALLOUT : 0;
    }
};

} // namespace

struct Pattern::Program
{
    explicit Program(pcre2_code *compiled)
        : code(compiled)
    { }
    Q_DISABLE_COPY_MOVE(Program)
    ~Program() { pcre2_code_free(code); }

    pcre2_code *code;
    bool refersBack = false;
};

Pattern::Pattern(std::shared_ptr<const Program> program)
    : d(std::move(program))
{ }

Result<Pattern> Pattern::compile(const QString &source)
{
    const Result<PcrePattern> translated = translatePattern(source);
    if (!translated)
        return translated.error();
    const QByteArray &expression = translated->expression;
    int code = 0;
    PCRE2_SIZE offset = 0;
    constexpr uint32_t Options = PCRE2_UTF | PCRE2_DOTALL | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_UCP;
    pcre2_code *const compiled
        = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.constData()),
                        static_cast<PCRE2_SIZE>(expression.size()), Options, &code, &offset, nullptr);
    if (!compiled) {
        std::array<PCRE2_UCHAR, 256> what = {};
        pcre2_get_error_message(code, what.data(), what.size());
        return patternError(source, translated->sourceOffset(static_cast<qsizetype>(offset)),
                            u"PCRE2, which is to match it, does not take it: "_s
                                + QString::fromLatin1(reinterpret_cast<const char *>(what.data())));
    }
    auto program = std::make_shared<Program>(compiled);
    program->refersBack = translated->refersBack;
    return Pattern(std::move(program));
}

Pattern::Match Pattern::match(std::string_view utf8) const
{
    int steps = MaxSteps;
    return match(utf8, steps);
}

Pattern::Match Pattern::match(std::string_view utf8, int &steps) const { return find(utf8, 0, steps).match; }

Pattern::Found Pattern::find(std::string_view utf8, std::size_t from, int &steps) const
{
    static thread_local Scratch scratch;
    // What a reference back compares does not show in where the match stands.
    const int perPlace = 1 + (d->refersBack ? static_cast<int>(utf8.size() / CharactersPerStep) : 0);
    StepCounter counter{steps, perPlace, from};
    pcre2_set_callout(scratch.context(), &StepCounter::callout, &counter);
    const int result = pcre2_match(d->code, reinterpret_cast<PCRE2_SPTR>(utf8.data()), utf8.size(), from,
                                   PCRE2_NO_UTF_CHECK, scratch.data(), scratch.context());
    if (result >= 0) {
        steps = counter.left;
        const PCRE2_SIZE *const place = pcre2_get_ovector_pointer(scratch.data());
        return {Match::Yes, place[0], place[1]};
    }
    if (result == PCRE2_ERROR_NOMATCH) {
        steps = counter.left;
        return {Match::No};
    }
    steps = 0;
    return {Match::TooLong};
}

} // namespace dialogue::schema
