using System.IO.Pipes;
using Rheo.Agent;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>Listening sockets that one core leaves to the next.</summary>
public sealed class LeftDoorsTests
{
    private readonly LeftDoors _doors = new();

    [Fact]
    public void EachIsTakenOnceAndByItsPlace()
    {
        _doors.Add("127.0.0.1:9460\n/run/rheo/rheo.sock", [101, 102]);

        Assert.Equal(102, _doors.Take("/run/rheo/rheo.sock"));
        Assert.Equal(101, _doors.Take("127.0.0.1:9460"));
        Assert.Null(_doors.Take("127.0.0.1:9460"));
    }

    [Fact]
    public void WhatIsWrittenIsWhatIsAdded()
    {
        _doors.Add(System.Text.Encoding.UTF8.GetString(LeftDoors.Write(["[::1]:9460", "/a b"])), [7, 8]);

        Assert.Equal((7, 8), (_doors.Take("[::1]:9460"), _doors.Take("/a b")));
    }

    [Fact]
    public void WhoIsAskedToListenSomewhereElseFindsNone() => Assert.Null(_doors.Take("127.0.0.1:1"));

    [Fact]
    public void WhatNobodyTookIsClosed()
    {
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        var descriptor = (int)reader.ClientSafePipeHandle.DangerousGetHandle();
        reader.ClientSafePipeHandle.SetHandleAsInvalid(); // it is theirs now
        _doors.Add("here", [descriptor]);

        _doors.CloseRest();

        Assert.Equal(-1, reader.ReadByte()); // nobody can write any more
        Assert.Null(_doors.Take("here"));
    }
}
