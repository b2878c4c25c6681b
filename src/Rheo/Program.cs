using Rheo;
using Rheo.Agent;
using Rheo.Cli;

var commands = new Commands(
    _ => throw new MissingSupportException("this build has no capture"), Console.Error);
return CommandLine.Run(args, commands.Flows, commands.Agent, Console.Out, Console.Error);
