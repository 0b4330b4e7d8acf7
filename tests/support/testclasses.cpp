#include "testclasses.h"

#include <cstdio>
#include <map>
#include <string>
#include <string_view>

namespace dialogue::testclasses {

namespace {

using Classes = std::map<std::string, Run, std::less<>>;

/** Filled before main(), by each DIALOGUE_TEST; therefore made when first asked for. */
Classes &classes()
{
    static Classes all;
    return all;
}

void printUsage(const char *program, FILE *to)
{
    std::fprintf(to, "Usage: %s TEST [CASE...] [OPTIONS of QtTest; -h lists them]\nThe tests:\n", program);
    for (const auto &[name, run] : classes())
        std::fprintf(to, "  %s\n", name.c_str());
}

int runNamed(int argc, char **argv)
{
    const std::string_view name = argc > 1 ? argv[1] : "";
    if (name == "-h" || name == "--help") {
        printUsage(argv[0], stdout);
        return 0;
    }
    const auto found = classes().find(name);
    if (found == classes().end()) {
        if (name.empty())
            std::fprintf(stderr, "error: no test was named\n");
        else
            std::fprintf(stderr, "error: there is no test %s in this program\n", argv[1]);
        printUsage(argv[0], stderr);
        return 2;
    }
    // QtTest sees what a program of that one class would, and names it in what it says.
    std::string program = std::string(argv[0]) + " " + argv[1];
    argv[1] = program.data();
    return found->second(argc - 1, argv + 1);
}

} // namespace

bool add(const char *file, const char *suffix, Run run)
{
    std::string_view stem = file;
    stem.remove_prefix(stem.rfind('/') + 1);
    std::string name(stem.substr(0, stem.rfind('.')));
    if (*suffix)
        name.append("_").append(suffix);
    if (!classes().emplace(name, run).second)
        qFatal("Two tests are called %s: each file has one DIALOGUE_TEST, DIALOGUE_TEST_AS for more",
               name.c_str());
    return true;
}

} // namespace dialogue::testclasses

int main(int argc, char **argv) { return dialogue::testclasses::runNamed(argc, argv); }
