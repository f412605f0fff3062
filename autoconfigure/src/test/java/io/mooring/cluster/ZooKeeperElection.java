/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.mooring.cluster;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.zookeeper.config.LeaderInitiatorFactoryBean;

/**
 * Election of the leader by ZooKeeper.
 */
@Configuration(proxyBeanMethods = false)
class ZooKeeperElection {

	static final int SESSION_TIMEOUT = 2000;

	@Bean(initMethod = "start", destroyMethod = "close")
	CuratorFramework curator(@Value("${zookeeper}") String connect) {
		return CuratorFrameworkFactory.newClient(connect, SESSION_TIMEOUT, SESSION_TIMEOUT, new RetryForever(100));
	}

	@Bean
	LeaderInitiatorFactoryBean leaderInitiator(CuratorFramework curator, @Value("${node}") String node) {
		return new LeaderInitiatorFactoryBean().setClient(curator).setCandidate(new DefaultCandidate(node, "leader"));
	}

}
