using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The folder of the usual socket, in a /run of the test's own.</summary>
public sealed class LeftFolderTests
{
    // "ip netns exec" gives each command mounts of its own.
    private const string Begin =
        """
        mount -t tmpfs rheo-test /run || exit 9
        user=60946
        begin() {
          "$@" agent -i lo --user $user --listen 127.0.0.1:$port >/run/said 2>&1 & agent=$!
          for try in $(seq 300); do grep -q serving.*rheo.sock /run/said && rm /run/said && return; sleep 0.05; done; cat /run/said; exit 8
        }
        """;

    [RootFact]
    public void WhatAKilledAgentLeftGoesWithTheNext()
    {
        using var space = TestNamespace.Create();

        var left = Run(space,
            """
            port=9460; begin "$@"; kill -KILL $agent $(pgrep -P $agent); wait
            echo killed: $(ls -A /run/rheo); port=9461; begin "$@"; kill -TERM $agent; wait $agent; echo left: $(ls -A /run)
            """);

        Assert.Contains("killed: rheo.sock\n", left, StringComparison.Ordinal);
        Assert.EndsWith("left:\n", left, StringComparison.Ordinal);
    }

    [RootFact]
    public void WhatAnotherAgentUsesStaysUntilThatOneEnds()
    {
        using var space = TestNamespace.Create();

        var left = Run(space,
            """
            port=9460; begin "$@"; first=$agent; port=9461; rm /run/rheo/rheo.sock; begin "$@"
            kill -TERM $first; wait $first; echo used: $(ls -A /run/rheo); kill -TERM $agent; wait $agent; echo left: $(ls -A /run)
            """);

        Assert.Contains("used: rheo.sock\n", left, StringComparison.Ordinal);
        Assert.EndsWith("left:\n", left, StringComparison.Ordinal);
    }

    [RootFact]
    public void WhatAnAgentLeftThatRanAsAnotherUserGoesWithTheNext()
    {
        using var space = TestNamespace.Create();

        var left = Run(space,
            """
            port=9460; user=60947; begin "$@"; kill -KILL $agent; wait; for try in $(seq 100); do test -e /run/rheo/rheo.sock || break; sleep 0.05; done
            echo killed: $(stat -c %u /run/rheo); port=9461; user=60946; begin "$@"; echo then: $(stat -c %u /run/rheo); kill -TERM $agent; wait $agent; echo left: $(ls -A /run)
            """);

        Assert.Contains("killed: 60947\nthen: 60946\n", left, StringComparison.Ordinal);
        Assert.EndsWith("left:\n", left, StringComparison.Ordinal);
    }

    [RootFact]
    public void ThePackagesOwnStays()
    {
        using var space = TestNamespace.Create();

        var left = Run(space,
            """
            mkdir /run/etc; { cat /etc/passwd; echo rheo:x:60948:60948::/:/bin/false; } >/run/etc/passwd; mount --bind /run/etc/passwd /etc/passwd
            install -d -m 700 -o 60948 /run/rheo; port=9460; user=rheo; begin "$@"; kill -TERM $agent; wait $agent; echo left: $(stat -c %u /run/rheo)
            """);

        Assert.EndsWith("left: 60948\n", left, StringComparison.Ordinal);
    }

    private static string Run(TestNamespace space, string script)
    {
        using var shell = RheoProcess.StartCommand(space, ["bash", "-c", Begin + "\n" + script, "bash", .. RheoProcess.Command]);
        shell.WaitForExit();
        return shell.Output;
    }
}
